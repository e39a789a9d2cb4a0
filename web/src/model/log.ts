import type { Message } from '../wire/types';
import type { Room } from './room';

/** Whether the server has posts older than those held. */
export function hasOlder(room: Room): boolean {
  return room.floor > room.firstSeq;
}

/** A page that stays open for months must not grow for months: the older half goes when this many posts are held. */
export const held = { most: 4000, kept: 2000 } as const;

export function append(room: Room, message: Message): Room {
  const next = { ...room, messages: [...room.messages, message] };
  return next.messages.length > held.most ? trim(next, held.kept) : next;
}

/** Puts a page that was asked for with `before` in front. A page that no longer fits (a resume came between) changes nothing. */
export function prepend(room: Room, before: number, page: { readonly more: boolean; readonly messages: readonly Message[] }): Room {
  if (before !== room.floor) return room;
  const older = page.messages.filter((message) => message.seq < before);
  const oldest = older[0];
  return {
    ...room,
    messages: [...older, ...room.messages],
    floor: page.more && oldest !== undefined ? oldest.seq : room.firstSeq,
  };
}

/** Everything before `from` is missing: what is held is let go, and history is fetched from there on back. */
export function skipTo(room: Room, from: number): Room {
  return { ...room, messages: [], floor: from, last: from - 1 };
}

/** Lets go of the oldest posts beyond `keep`. They can be fetched again. */
export function trim(room: Room, keep: number): Room {
  if (room.messages.length <= keep) return room;
  const messages = room.messages.slice(-keep);
  return { ...room, messages, floor: messages[0]!.seq };
}

const day = 24 * 3_600_000;

/** Lets go of what is older than the room keeps; the server does not say when that is gone. */
export function expire(room: Room, now: number): Room {
  if (room.retention === undefined) return room;
  const from = now - room.retention * day;
  const kept = room.messages.findIndex((message) => message.ts >= from);
  if (kept === 0 || room.messages.length === 0) return room;
  const messages = kept === -1 ? [] : room.messages.slice(kept);
  return { ...room, messages, floor: messages[0]?.seq ?? room.last + 1 };
}
