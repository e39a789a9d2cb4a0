import type { MuteEvent, UnmuteEvent } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import type { Room } from '../room';

export function mute(room: Room, event: MuteEvent | UnmuteEvent, me: UserId | null): Room {
  if (event.subject.id !== me) return room;
  return { ...room, mutedUntil: event.type === 'mute' ? event.until ?? Infinity : 0 };
}
