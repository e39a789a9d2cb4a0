import type { BanEvent, KickEvent } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import type { Room } from '../room';
import { out } from './out';

/** A kick or a ban: the last event that its subject gets of the room. */
export function kick(room: Room, event: KickEvent | BanEvent, me: UserId | null): Room {
  return event.subject.id === me ? out(room) : room;
}
