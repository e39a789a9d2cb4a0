import { nickKey } from '../people/nick-key';
import { namesAt } from '../people/mentions';

/** Whether somebody, or a room, is called what folds to this key. */
export interface KnownNames {
  readonly mention: (key: string) => boolean;
  readonly room: (key: string) => boolean;
}

export const noNames: KnownNames = { mention: () => false, room: () => false };

/** Of the longest known name that the text begins with; 0: none. As mentions are found, which is as the server tells people of them. */
export function lengthOfName(text: string, isKnown: (key: string) => boolean): number {
  for (const { name, end } of namesAt(text)) if (isKnown(nickKey(name))) return end;
  return 0;
}
