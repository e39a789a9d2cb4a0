import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type AccountWords = Words<typeof en>;

export const accountWords: Record<Language, AccountWords> = { en, ja };

/** The word for one of a few things; a newer server may know others, which are shown as they are. */
export function wordOf(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? words[key]! : key;
}
