import { createComputed, createMemo, createSignal, on, untrack, type Accessor } from 'solid-js';
import { unread, type Room } from '../../model/room';

/**
 * The read position above which the unread divider stands: that of the moment when the room was opened, or when the first
 * message came that the reader could not see. It stays there while they read on.
 */
export function createDivider(room: Accessor<Room>, attentive: Accessor<boolean>): Accessor<number> {
  const none = Infinity;
  const hasUnread = createMemo(() => unread(room()) > 0);
  const [after, setAfter] = createSignal(untrack(() => (hasUnread() ? room().read : none)));
  createComputed(on(hasUnread, (now, before) => {
    if (now && before === false && !untrack(attentive)) setAfter(untrack(room).read);
  }));
  return after;
}
