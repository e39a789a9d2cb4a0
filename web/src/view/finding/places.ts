import { foldedOnce } from '../../model/finding/fold';
import type { Candidate } from '../../model/finding/rank';
import { unread, type Room } from '../../model/room';
import type { RoomId, RoomInfo, User, UserId } from '../../wire/types';

/** A room that one is in, a public one that one is not in, or somebody with whom one has not written yet. */
export type Place = Candidate & { readonly title: string; readonly about: string } & (
  | { readonly kind: 'room'; readonly room: Room }
  | { readonly kind: 'public'; readonly id: RoomId }
  | { readonly kind: 'person'; readonly user: User }
  | { readonly kind: 'nick' });

interface Held {
  readonly rooms: readonly Room[];
  readonly titleOf: (room: Room) => string;
  /** Unread messages that name one. */
  readonly mentionsIn: (room: Room) => number;
  readonly open: RoomId | undefined;
  /** Lately opened, the last first. */
  readonly recent: readonly RoomId[];
}

export function placesOfRooms({ rooms, titleOf, mentionsIn, open, recent }: Held): Place[] {
  const opened = new Map(recent.filter((id) => id !== open).map((id, at) => [id, at]));
  return rooms.map((room) => {
    const title = titleOf(room);
    const about = sameName(room.title, title) ? room.topic : room.title;
    const names = foldedOnce(title, sameName(room.title, title) ? '' : room.title);
    return {
      kind: 'room', room, title, about: room.kind === 'direct' ? '' : about, names, mentions: mentionsIn(room), unread: unread(room),
      opened: opened.get(room.id) ?? Infinity, offered: room.id !== open,
    };
  });
}

/** Of the server's public rooms those that one is not in. */
export function placesOfDirectory(rooms: readonly RoomInfo[], mine: ReadonlyMap<RoomId, Room>): Place[] {
  return rooms.filter((room) => !mine.has(room.id)).map((room) => {
    const title = room.slug ?? room.title;
    return { kind: 'public', id: room.id, title, about: sameName(room.title, title) ? room.topic : room.title, names: foldedOnce(title, room.title), ...elsewhere };
  });
}

/** Those with whom one has a direct room of two are found by that. */
export function placesOfPeople(people: readonly User[], rooms: readonly Room[], me: UserId | null, nameOf: (user: User) => string): Place[] {
  const known = new Set(rooms.flatMap(({ users = [] }) => (users.length <= 2 ? users.map(({ id }) => id) : [])));
  const others = new Map(people.filter(({ id }) => id !== me && !known.has(id)).map((user) => [user.id, user]));
  return [...others.values()].map((user) => ({ kind: 'person', user, title: nameOf(user), about: '', names: foldedOnce(nameOf(user)), ...elsewhere }));
}

const elsewhere = { mentions: 0, unread: 0, opened: Infinity, offered: false } as const;

/** Somebody whom nobody here has seen, by their name; null where that is no name. */
export function placeOfNick(typed: string): Place | null {
  const nick = typed.trim().replace(/^@/u, '');
  return /^[^\s,:!@#]+$/u.test(nick) ? { kind: 'nick', title: nick, about: '', names: () => [], ...elsewhere } : null;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
