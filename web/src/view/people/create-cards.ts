import { createSignal, type Accessor } from 'solid-js';
import type { User } from '../../wire/types';

/** What a small card beside `anchor` is about: a person of the open room, or who has read a message in it. */
export type Card =
  | { readonly about: 'person'; readonly user: User; readonly anchor: HTMLElement }
  | { readonly about: 'readers'; readonly seq: number; readonly anchor: HTMLElement };

export interface Cards {
  readonly shown: Accessor<Card | null>;
  readonly show: (card: Card) => void;
  readonly close: () => void;
}

/** One card at a time, held above the rows that open it: a row is made anew whenever anybody changes its message. */
export function createCards(): Cards {
  const [shown, setShown] = createSignal<Card | null>(null);
  return { shown, show: setShown, close: () => setShown(null) };
}
