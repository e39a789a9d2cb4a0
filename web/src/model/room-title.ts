import type { User, UserId } from '../wire/types';
import type { Room } from './room';

/** What a room is called: its slug, or for a direct room the other one's nick. */
export function roomTitle(room: Room, me: UserId | null, nameOf: (user: User) => string): string {
  if (room.kind !== 'direct') return room.slug ?? room.title;
  const users = room.users ?? [];
  const others = users.filter((user) => user.id !== me);
  return (others.length > 0 ? others : users).map(nameOf).join(', ') || room.title;
}
