import { describe, expect, test } from 'vitest';
import { apply } from '../../src/model/events/apply';
import { around, bounds, leave, part, shownRun, type Page } from '../../src/model/excerpt';
import { append, expire, hasOlderShown, prepend, skipTo, take } from '../../src/model/log';
import { enter, type Room } from '../../src/model/room';
import type { Message } from '../../src/wire/types';
import { info, lobby, me, other, post } from '../support/frames';

const message = (seq: number): Message => {
  const { post: number, ts, from, body } = post(seq);
  return { seq, post: number, ts, from, body };
};
const messages = (from: number, to: number): Message[] => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
/** A page as of the head, of posts alone. */
const page = (from: number, to: number, fields: Partial<Page> = {}): Page => ({ head: 10_000, more: true, messages: messages(from, to), ...fields });
/** A room of 10,000 posts, of which the newest are held. */
const room = (held = 100): Room => prepend(enter(info({ head: 10_000, posts: 9_998 })), 10_001, page(10_001 - held, 10_000));
const jumped = around(room(), page(470, 530, { moreAfter: true }));
const seqs = (messages: readonly Message[]) => [messages[0]?.seq, messages.at(-1)?.seq, messages.length];
/** Gapless and in order, as the invariants say. */
const whole = (held: readonly Message[]) => held.every((message, i) => i === 0 || message.seq === held[i - 1]!.seq + 1);

describe('A message far back', () => {
  test('is shown with what lies around it, and the run stays', () => {
    expect(jumped.excerpt).toMatchObject({ floor: 470, end: 530 });
    expect(seqs(shownRun(jumped).messages)).toEqual([470, 530, 61]);
    expect([seqs(jumped.messages), jumped.floor, hasOlderShown(jumped)]).toEqual([[9_901, 10_000, 100], 9_901, true]);
    expect(shownRun(leave(jumped)).messages).toBe(jumped.messages);
  });

  test('takes the place of the one before it', () => {
    expect(seqs(shownRun(around(jumped, page(20, 80, { moreAfter: true }))).messages)).toEqual([20, 80, 61]);
  });

  test('near the beginning knows the beginning', () => {
    const first = around(room(), page(3, 60, { more: false, moreAfter: true }));
    expect([shownRun(first).floor, hasOlderShown(first)]).toEqual([1, false]);
  });

  test('that touches the run becomes a part of it', () => {
    for (const touching of [around(room(), page(9_850, 9_900, { moreAfter: true })), around(room(), page(9_850, 9_950, { moreAfter: true }))]) {
      expect([touching.excerpt, seqs(touching.messages), touching.floor]).toEqual([null, [9_850, 10_000, 151], 9_850]);
      expect(whole(touching.messages)).toBe(true);
    }
  });

  test('is one run with the newest where nothing but joins and topics lies between', () => {
    const between = around({ ...room(), floor: 9_901 }, page(9_850, 9_895));
    expect([between.excerpt, between.floor, seqs(between.messages)]).toEqual([null, 9_850, [9_850, 10_000, 146]]);
  });

  test('changes nothing by a page on which nothing is', () => {
    expect(around(jumped, page(1, 0))).toBe(jumped);
  });

  test('does not bring what is still to come as an event', () => {
    const early = around({ ...room(), last: 9_990 }, { ...page(470, 530), messages: [...messages(470, 530), message(9_991)], moreAfter: true });
    expect(shownRun(early).messages.at(-1)!.seq).toBe(530);
  });
});

describe('It grows', () => {
  test('by what is before it and after it', () => {
    const grown = take(take(jumped, { before: 470 }, page(420, 469)), { after: 530 }, page(531, 580));
    expect([grown.excerpt?.floor, grown.excerpt?.end, seqs(shownRun(grown).messages)]).toEqual([420, 580, [420, 580, 161]]);
  });

  test('not by a page that was asked for where it was before', () => {
    for (const place of [{ before: 471 }, { after: 529 }, { before: 9_902 }, 'newest'] as const) expect(take(jumped, place, page(531, 580))).toBe(jumped);
  });

  test('until it meets the run, once', () => {
    const near = around(room(), page(9_800, 9_860, { moreAfter: true }));
    const met = take(near, { after: 9_860 }, page(9_861, 9_910));
    expect([met.excerpt, met.floor, seqs(met.messages), whole(met.messages)]).toEqual([null, 9_800, [9_800, 10_000, 201], true]);
  });

  test('also while the run itself grows towards it', () => {
    const near = around(room(), page(9_800, 9_860, { moreAfter: true }));
    const met = take(near, { before: 9_901 }, page(9_840, 9_900));
    expect([met.excerpt, seqs(met.messages), whole(met.messages)]).toEqual([null, [9_800, 10_000, 201], true]);
  });

  test('within its bound, and lets go of what is at the other end', () => {
    let up = jumped;
    for (let floor = 470; floor > 20; floor -= 50) up = take(up, { before: floor }, page(floor - 50, floor - 1));
    let down = jumped;
    for (let end = 530; end < 5_530; end += 50) down = take(down, { after: end }, page(end + 1, end + 50));
    expect([seqs(shownRun(down).messages), down.excerpt?.floor, down.excerpt?.end]).toEqual([[4_531, 5_530, bounds.excerpt], 4_531, 5_530]);
    expect(seqs(shownRun(up).messages)).toEqual([20, 530, 511]);
    let back = down;
    for (let floor = 4_531; floor > 3_531; floor -= 50) back = take(back, { before: floor }, page(floor - 50, floor - 1));
    expect([seqs(shownRun(back).messages), back.excerpt?.floor, back.excerpt?.end]).toEqual([[3_531, 4_530, bounds.excerpt], 3_531, 4_530]);
    expect(whole(shownRun(back).messages)).toBe(true);
  });
});

describe('Who reads far above the end of a long run', () => {
  test('reads an excerpt of it, and the run keeps its newest', () => {
    const parted = part(room(900), 9_200, 9_500);
    expect([parted.excerpt?.floor, parted.excerpt?.end, seqs(shownRun(parted).messages)]).toEqual([9_200, 9_500, [9_200, 9_500, 301]]);
    expect([seqs(parted.messages), parted.floor]).toEqual([[9_801, 10_000, bounds.runApart], 9_801]);
  });

  test('is left in a run that is short, or near its end', () => {
    for (const [held, to] of [[bounds.runKept, 9_300], [900, 10_000 - bounds.apart]] as const) {
      const whole = room(held);
      expect(part(whole, 9_260, to)).toBe(whole);
    }
  });

  test('stays in the run after meeting it again', () => {
    let back = part(room(900), 9_200, 9_500);
    for (let end = 9_500; back.excerpt !== null && end < 10_000; end += 50) back = take(back, { after: end }, page(end + 1, end + 50));
    expect([whole(back.messages), back.messages.at(-1)!.seq]).toEqual([true, 10_000]);
    expect(part(back, 9_500, 9_800)).toBe(back);
  });

  test('knows the beginning still', () => {
    const short = prepend(enter(info({ head: 900, posts: 898 })), 901, { more: false, messages: messages(5, 900) });
    expect(part(short, 0, 300).excerpt?.floor).toBe(1);
  });
});

describe('What happens', () => {
  const by = { op: 'ev', room: lobby, seq: 10_001, ts: 5, from: { id: other, nick: 'bob' } } as const;
  const shown = (room: Room, seq: number) => shownRun(room).messages.find((message) => message.seq === seq)!;

  test('to a message of an excerpt is seen there', () => {
    const edited = apply(jumped, { ...by, type: 'edit', target: 500, body: 'better' }, me);
    expect([shown(edited, 500).body, shown(edited, 500).changed, edited.messages]).toEqual(['better', 10_001, jumped.messages]);
    expect(shown(apply(jumped, { ...by, type: 'delete', target: 500 }, me), 500)).toMatchObject({ erased: true, deleted: 5 });
    expect(shown(apply(jumped, { ...by, type: 'react', target: 500, emoji: '⚓', on: true }, me), 500).reactions).toEqual([{ emoji: '⚓', count: 1 }]);
    expect(shown(apply(jumped, { ...by, type: 'pin', target: 500, on: true }, me), 500).pinned).toBe(true);
  });

  test('to all of somebody’s messages happens to those of the run and of the excerpt', () => {
    const erased = apply(jumped, { ...by, type: 'erase', subject: { id: other, nick: 'bob' }, upTo: 9_950 }, me);
    expect(shownRun(erased).messages.every((message) => message.body === undefined)).toBe(true);
    expect(erased.messages.filter((message) => message.body !== undefined).map((message) => message.seq)).toEqual(Array.from({ length: 50 }, (_, i) => 9_951 + i));
  });

  test('to a message that is not held leaves both as they are', () => {
    const after = apply(jumped, { ...by, type: 'pin', target: 5_000, on: true }, me);
    expect([after.messages, after.excerpt]).toEqual([jumped.messages, jumped.excerpt]);
    expect(after.excerpt).toBe(jumped.excerpt);
  });

  test('at the end is appended to the run', () => {
    const posted = apply(jumped, { ...post(10_001) }, me);
    expect([posted.messages.at(-1)!.seq, posted.excerpt]).toEqual([10_001, jumped.excerpt]);
  });

  test('a hole after a long absence lets go of the excerpt, too: it may have changed meanwhile', () => {
    expect(skipTo(jumped, 20_000).excerpt).toBeNull();
  });

  test('what is older than the room keeps goes out of the excerpt by the clock', () => {
    const day = 24 * 3_600_000;
    const kept = { ...jumped, retention: 1 };
    expect(expire(kept, post(470).ts + day)).toBe(kept);
    const some = expire(kept, post(500).ts + day);
    expect([some.excerpt?.floor, seqs(shownRun(some).messages), some.messages]).toEqual([500, [500, 530, 31], kept.messages]);
    expect(expire(kept, post(531).ts + day).excerpt).toBeNull();
  });

  test('a run that lets go of its oldest lets go of none that a reader near its end has in sight', () => {
    let long = room(bounds.run);
    long = append(long, message(10_001));
    expect(long.messages.length).toBeGreaterThanOrEqual(bounds.apart + 400);
  });
});
