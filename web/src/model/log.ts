import type { Place } from '../wire/client-frames';
import type { Message } from '../wire/types';
import { around, bounds, meet, newer, older, shownRun, type Page } from './excerpt';
import type { Room } from './room';

/** Whether the server has posts older than those held of the run that reaches to the head. */
export function hasOlder(room: Room): boolean {
  return room.floor > room.firstSeq;
}

/** The same of what is looked at. */
export function hasOlderShown(room: Room): boolean {
  return shownRun(room).floor > room.firstSeq;
}

/** A page that stays open for months must not grow for months: some of the oldest go when a thousand posts are held. */
export function append(room: Room, message: Message): Room {
  const next = { ...room, messages: [...room.messages, message] };
  return next.messages.length > bounds.run ? trim(next, bounds.runKept) : next;
}

/** Takes a page of history to where it was asked for. One that no longer fits (a resume or a jump came between) changes nothing. */
export function take(room: Room, place: Place, page: Page): Room {
  if (place === 'newest') return room;
  if ('around' in place) return around(room, page);
  if ('after' in place) return room.excerpt?.end === place.after ? newer(room, room.excerpt, page) : room;
  return room.excerpt?.floor === place.before ? older(room, room.excerpt, page) : prepend(room, place.before, page);
}

/** Puts a page that was asked for with `before` in front of the run. */
export function prepend(room: Room, before: number, page: Pick<Page, 'more' | 'messages'>): Room {
  if (before !== room.floor) return room;
  const older = page.messages.filter((message) => message.seq < before);
  const oldest = older[0];
  return meet({
    ...room,
    messages: [...older, ...room.messages],
    floor: page.more && oldest !== undefined ? oldest.seq : room.firstSeq,
  });
}

/**
 * Everything before `from` is missing: what is held is let go, and history is fetched from there on back. So is what only events tell:
 * whether a mute goes on nobody says again, and the server refuses whom it still holds back.
 */
export function skipTo(room: Room, from: number): Room {
  return { ...room, messages: [], excerpt: null, floor: from, last: from - 1, mutedUntil: 0 };
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
  const run = keptOf(room.messages, from);
  const excerpt = room.excerpt && keptOf(room.excerpt.messages, from);
  if (run === room.messages && excerpt === (room.excerpt?.messages ?? null)) return room;
  return {
    ...room,
    messages: run,
    floor: run === room.messages ? room.floor : run[0]?.seq ?? room.last + 1,
    excerpt: room.excerpt === null || excerpt === room.excerpt.messages ? room.excerpt
      : excerpt![0] === undefined ? null : { ...room.excerpt, messages: excerpt!, floor: excerpt![0].seq },
  };
}

/** Whether the room still keeps a message that is held apart from it. */
export function isKept(room: Room, message: Message, now: number): boolean {
  return room.retention === undefined || message.ts >= now - room.retention * day;
}

function keptOf(messages: readonly Message[], from: number): readonly Message[] {
  const kept = messages.findIndex((message) => message.ts >= from);
  if (kept === 0 || messages.length === 0) return messages;
  return kept === -1 ? [] : messages.slice(kept);
}
