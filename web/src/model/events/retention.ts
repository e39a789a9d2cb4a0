import type { RetentionEvent } from '../../wire/server-frames';
import type { Room } from '../room';

/** What is older now than it may be goes with the next look at the clock. */
export function retention(room: Room, event: RetentionEvent): Room {
  return { ...room, retention: event.days };
}
