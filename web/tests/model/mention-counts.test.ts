import { beforeEach, expect, test } from 'vitest';
import { MentionCounts } from '../../src/model/people/mention-counts';
import { enter, type Room } from '../../src/model/room';
import type { EventFrame, MentionsFrame } from '../../src/wire/server-frames';
import type { Mention, UserId } from '../../src/wire/types';
import { info, lobby, me, other, post } from '../support/frames';

let answer: (mentions: readonly Mention[]) => Promise<void>;
let asked: number;
let hidden: Set<UserId>;
let counts: MentionCounts;

beforeEach(() => {
  asked = 0;
  hidden = new Set([me]);
  counts = new MentionCounts({
    ask: () => new Promise<MentionsFrame>((resolve) => {
      asked++;
      answer = async (mentions) => (resolve({ op: 'mentions', more: false, mentions }), await Promise.resolve());
    }),
    namesMe: (body) => body.includes('@alice'),
    isHidden: (user) => hidden.has(user),
  });
});

const room = (read: number, fields: Partial<Room> = {}): Room => ({ ...enter(info({ read, head: 30 })), ...fields });
const call = (seq: number, from = other) => post(seq, { body: 'hey @alice', from: { id: from, nick: 'x' } });
const mention = (seq: number): Mention => ({ room: lobby, message: call(seq) });
const event = (fields: object): EventFrame => ({ op: 'ev', room: lobby, seq: 20, ts: 1, from: { id: other, nick: 'bob' }, ...fields }) as EventFrame;

test('What names one after the read position counts, wherever it was read', () => {
  counts.event(call(11));
  counts.event(post(12));
  counts.event(call(13));
  expect([10, 11, 13].map((read) => counts.in(room(read)))).toEqual([2, 1, 0]);
});

test('One’s own, blocked people’s and those of rooms that one only looks into do not', () => {
  counts.event(call(11, me));
  counts.event(call(12));
  expect(counts.in(room(10))).toBe(1);
  expect(counts.in(room(10, { member: false }))).toBe(0);
  hidden.add(other);
  expect(counts.in(room(10))).toBe(0);
  hidden.delete(other);
  expect(counts.in(room(10))).toBe(1);
});

test('An edit may say the name, or take it back; what is deleted or erased calls nobody', () => {
  counts.event(post(11));
  counts.event(event({ type: 'edit', target: 11, body: 'hey @alice' }));
  counts.event(call(12));
  counts.event(call(13));
  expect(counts.in(room(10))).toBe(3);
  counts.event(event({ type: 'edit', target: 11, body: 'hey' }));
  counts.event(event({ type: 'delete', target: 12 }));
  expect(counts.in(room(10))).toBe(1);
  counts.event(event({ type: 'erase', subject: { id: other, nick: 'bob' }, upTo: 12 }));
  expect(counts.in(room(10))).toBe(1);
  counts.event(event({ type: 'erase', subject: { id: other, nick: 'bob' }, upTo: 13 }));
  expect(counts.in(room(10))).toBe(0);
});

test('At the beginning the server is asked, if anything is unread, and events meanwhile are not lost', async () => {
  counts.event(call(9));
  const begun = counts.begin(true);
  counts.event(event({ type: 'delete', target: 11 }));
  counts.event(call(14));
  await answer([mention(12), mention(11)]);
  await begun;
  expect([8, 10, 12, 13].map((read) => counts.in(room(read)))).toEqual([2, 2, 1, 1]);
  await counts.begin(false);
  expect(asked).toBe(1);
  expect(counts.in(room(8))).toBe(0);
});

test('Only the newest connection’s answer counts', async () => {
  void counts.begin(true);
  const first = answer;
  const begun = counts.begin(true);
  await first([mention(11), mention(12)]);
  expect(counts.in(room(8))).toBe(0);
  await answer([mention(12)]);
  await begun;
  expect(counts.in(room(8))).toBe(1);
});

test('A room that is gone calls nobody', () => {
  counts.event(call(11));
  counts.gone(lobby);
  expect(counts.in(room(8))).toBe(0);
});
