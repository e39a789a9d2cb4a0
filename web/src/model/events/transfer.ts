import type { TransferEvent } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import type { Room } from '../room';

/** The subject owns the room from then on, and who gave it moderates it. */
export function transfer(room: Room, event: TransferEvent, me: UserId | null): Room {
  if (event.subject.id === me) return { ...room, role: 'owner' };
  return event.from.id === me ? { ...room, role: 'moderator' } : room;
}
