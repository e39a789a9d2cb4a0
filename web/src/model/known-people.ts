import type { User, UserId } from '../wire/types';
import type { Room } from './room';

/** Whom one may mean when one writes a name: who said something lately, or shares a direct room. Who spoke last comes first. */
export function knownPeople(rooms: Iterable<Room>, me: UserId | null): readonly User[] {
  const spoken: { readonly user: User; readonly ts: number }[] = [];
  const shared: User[] = [];
  for (const room of rooms) {
    for (const { from, ts } of room.messages) spoken.push({ user: from, ts });
    shared.push(...(room.users ?? []));
  }
  spoken.sort((a, b) => b.ts - a.ts);
  const people = new Map<UserId, User>();
  for (const user of [...spoken.map(({ user }) => user), ...shared]) if (user.id !== me && !people.has(user.id)) people.set(user.id, user);
  return [...people.values()];
}
