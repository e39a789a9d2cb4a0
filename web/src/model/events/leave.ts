import type { LeaveEvent } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import type { Room } from '../room';
import { out } from './out';

/** Who leaves as the last owner leaves the room to somebody. */
export function leave(room: Room, event: LeaveEvent, me: UserId | null): Room {
  if (event.from.id === me) return out(room);
  return event.heir !== undefined && event.heir.id === me ? { ...room, role: 'owner' } : room;
}
