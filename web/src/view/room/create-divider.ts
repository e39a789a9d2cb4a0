import { createComputed, createMemo, createSignal, on, untrack, type Accessor } from 'solid-js';
import { unread, type Room } from '../../model/room';

export interface Divider {
  /** The read position above which it stands; Infinity: nowhere. */
  readonly after: Accessor<number>;
  /** How many were unread below it when the reader came. */
  readonly count: Accessor<number>;
  readonly remove: () => void;
}

/**
 * The unread divider: at the read position of the moment when the room was opened, or when the first message came that the reader could
 * not see. It stays there while they read on.
 */
export function createDivider(room: Accessor<Room>, attentive: Accessor<boolean>): Divider {
  const none = Infinity;
  const hasUnread = createMemo(() => unread(room()) > 0);
  const [after, setAfter] = createSignal(untrack(() => (hasUnread() ? room().read : none)));
  createComputed(on(hasUnread, (now, before) => {
    if (now && before === false && !untrack(attentive)) setAfter(untrack(room).read);
  }));
  const count = createMemo<number>((known) => {
    const now = unread(room());
    return now > 0 && !untrack(attentive) ? now : known;
  }, 0);
  return { after, count, remove: () => setAfter(none) };
}
