import type { Room } from './room';

/** What an address asks for: a room by its slug or id, and a message in it. */
export interface Wanted {
  readonly room: string;
  readonly seq?: number | undefined;
}

/** `#` room [ `/` seq ], percent-encoded; a seq is a whole number from 1 on, without leading zeros. */
export function readAddress(hash: string): Wanted {
  const [, room = '', seq] = /^#?(.*?)(?:\/([1-9]\d{0,15}))?$/su.exec(hash)!;
  return { room: decoded(room), seq: seq === undefined ? undefined : Number(seq) };
}

/** @param name The room's slug, or its id where it has none. */
export function roomAddress(name: string, seq?: number): string {
  return `#${encodeURIComponent(name)}${seq === undefined ? '' : `/${seq}`}`;
}

export function isOpenAs(room: Pick<Room, 'id' | 'slug'>, wanted: Wanted): boolean {
  return room.id === wanted.room || room.slug === wanted.room;
}

/** What is no percent-encoding names no room. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
