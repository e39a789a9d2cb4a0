import type { SlowEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function slow(room: Room, event: SlowEvent): Room {
  return { ...room, slow: event.seconds };
}
