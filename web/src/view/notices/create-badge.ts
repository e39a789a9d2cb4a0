import { createEffect, createMemo, onCleanup } from 'solid-js';
import { showBadge } from '../../browser/badge';
import { unread } from '../../model/room';
import { useApp } from '../context';

/** What waits, on the icon: of rooms of which one wants to hear nothing, nothing. */
export function createBadge(): void {
  const { client, notices } = useApp();
  const count = createMemo(() => {
    let sum = 0;
    for (const room of client.workspace.rooms().values()) if (notices.of(room) !== 'none') sum += unread(room);
    return sum;
  });
  // What is read the moment it comes is counted and taken back within a frame: the icon need not hear of that.
  createEffect((shown: number | null) => {
    if (count() !== shown) showBadge(count());
    return count();
  }, null);
  onCleanup(() => showBadge(0));
}
