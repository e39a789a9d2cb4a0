import type { DeleteEvent } from '../../wire/server-frames';
import { blank, changeMessage } from '../messages';
import type { Room } from '../room';

/** It keeps its place, and counts until it is read. */
export function remove(room: Room, event: DeleteEvent): Room {
  return changeMessage(room, event.target, event.seq, (message) => blank(message, event.ts));
}
