import type { RoleEvent } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import type { Room } from '../room';

export function role(room: Room, event: RoleEvent, me: UserId | null): Room {
  return event.subject.id === me ? { ...room, role: event.role === 'member' ? undefined : event.role } : room;
}
