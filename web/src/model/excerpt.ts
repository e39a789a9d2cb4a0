import type { Message } from '../wire/types';
import { firstFrom } from './messages';
import type { Room } from './room';

/**
 * A part of the log apart from the live run that reaches to the room's head: what somebody jumped to, or scrolled up to, without all that
 * lies between. Events change it as they change the run. Invariant: each post with floor ≤ seq ≤ end is in `messages`, in order, once;
 * `end + 1` lies below the run's floor, else both are one run.
 */
export interface Excerpt {
  readonly messages: readonly Message[];
  readonly floor: number;
  readonly end: number;
}

export interface Page {
  readonly head: number;
  readonly more: boolean;
  readonly moreAfter?: boolean | undefined;
  readonly messages: readonly Message[];
}

/**
 * Counts of messages. At most 400 are mounted (window.ts), and whoever reads less than `apart` above the end is in the run; so the run keeps
 * at least both together, and nothing goes that is in sight. `runApart` is less than `apart`: whoever meets the run stays in it.
 */
export const bounds = { run: 1000, runKept: 750, apart: 300, runApart: 200, excerpt: 1000, met: 450 } as const;

/** The part that is looked at: the excerpt as long as there is one. */
export function shownRun(room: Room): { readonly messages: readonly Message[]; readonly floor: number } {
  return room.excerpt ?? room;
}

/** What a page around a message shows, in place of the excerpt so far. */
export function around(room: Room, page: Page): Room {
  const messages = page.messages.filter((message) => message.seq <= room.last);
  const first = messages[0];
  if (first === undefined) return room;
  const floor = page.more ? first.seq : Math.min(first.seq, room.firstSeq);
  return meet({ ...room, excerpt: { messages, floor, end: endOf(page, messages.at(-1)!.seq, page.moreAfter === true) } });
}

/** Puts the page before its oldest in front; what is then too much goes at the other end. */
export function older(room: Room, excerpt: Excerpt, page: Page): Room {
  const before = page.messages.filter((message) => message.seq < excerpt.floor);
  const messages = [...before, ...excerpt.messages].slice(0, bounds.excerpt);
  const floor = page.more && before[0] !== undefined ? before[0].seq : room.firstSeq;
  const end = messages.length < before.length + excerpt.messages.length ? messages.at(-1)!.seq : excerpt.end;
  return { ...room, excerpt: { messages, floor, end } };
}

/** Puts the page after its newest behind; what is then too much goes at the front. */
export function newer(room: Room, excerpt: Excerpt, page: Page): Room {
  const after = page.messages.filter((message) => message.seq > excerpt.end && message.seq <= room.last);
  const all = [...excerpt.messages, ...after];
  const messages = all.slice(-bounds.excerpt);
  const floor = messages.length < all.length ? messages[0]!.seq : excerpt.floor;
  return meet({ ...room, excerpt: { messages, floor, end: endOf(page, after.at(-1)?.seq ?? excerpt.end, page.more) } });
}

/** Someone reads from `from` to `to`. Far above the end of a long run, that becomes an excerpt, and the run keeps its newest. */
export function part(room: Room, from: number, to: number): Room {
  const below = room.messages.length - firstFrom(room.messages, to + 1);
  if (room.excerpt !== null || room.messages.length <= bounds.runKept || below <= bounds.apart) return room;
  const messages = room.messages.filter((message) => message.seq >= from && message.seq <= to);
  const run = room.messages.slice(-bounds.runApart);
  if (messages[0] === undefined) return room;
  const floor = messages[0] === room.messages[0] ? room.floor : messages[0].seq;
  return { ...room, messages: run, floor: run[0]!.seq, excerpt: { messages, floor, end: messages.at(-1)!.seq } };
}

/** Back to the run. */
export function leave(room: Room): Room {
  return room.excerpt === null ? room : { ...room, excerpt: null };
}

/** An excerpt that reaches the run becomes a part of it. */
export function meet(room: Room): Room {
  const { excerpt } = room;
  if (excerpt === null || excerpt.end + 1 < room.floor) return room;
  if (excerpt.floor >= room.floor) return leave(room);
  const between = excerpt.messages.filter((message) => message.seq < room.floor);
  const kept = between.slice(-bounds.met);
  return { ...room, excerpt: null, messages: [...kept, ...room.messages], floor: kept.length < between.length ? kept[0]!.seq : excerpt.floor };
}

/** How far a page reaches: to its newest message, or, where nothing follows, to the head of which it took account. */
function endOf(page: Page, newest: number, more: boolean): number {
  return more ? newest : Math.max(newest, page.head);
}
