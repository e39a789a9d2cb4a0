import { expect, test } from 'vitest';
import type { Room } from '../../src/model/room';
import { allHeld, countReplies, withoutGone } from '../../src/model/thread';
import type { EventFrame } from '../../src/wire/server-frames';
import type { Message, RoomId, UserId } from '../../src/wire/types';

const from = { id: 'a' as UserId, nick: 'a' };
const message = (seq: number, thread?: number, fields: Partial<Message> = {}): Message => ({ seq, post: seq, ts: seq * 10, from, body: 'x', replyTo: thread, thread, ...fields });
const none = new Map();

test('Replies are counted by what they began with, those that were deleted are not', () => {
  const counts = countReplies([message(1), message(2, 1), message(3, 1), message(4, 1, { deleted: 50, body: undefined, erased: true }), message(5), message(6, 5)], none);
  expect(counts).toEqual(new Map([[1, { count: 2, last: 30 }], [5, { count: 1, last: 60 }]]));
});

test('What a thread that was held whole once had is known, and what came after it is added', () => {
  const counted = new Map([[1, { answers: [message(2, 1), message(3, 1)], upTo: 3 }]]);
  expect(countReplies([message(3, 1), message(4, 1)], counted).get(1)).toMatchObject({ count: 3, last: 40 });
  expect(countReplies([], new Map([[1, { answers: [], upTo: 3 }]])).size).toBe(0);
});

test('Where nothing changed it is the same value, so that no row looks again', () => {
  const held = [message(1), message(2, 1)];
  const before = countReplies(held, none);
  expect(countReplies([...held, message(3)], none, before)).toBe(before);
  expect(countReplies([...held, message(3, 1)], none, before)).not.toBe(before);
});

test('What is deleted or erased after it was counted counts no more', () => {
  const b = { id: 'b' as UserId, nick: 'b' };
  const counted = new Map([[1, { answers: [message(2, 1), message(3, 1), message(4, 1, { from: b })], upTo: 9 }]]);
  const envelope = { op: 'ev', room: 'r' as RoomId, seq: 10, ts: 1, from } as const;
  const count = (event: EventFrame) => countReplies([], withoutGone(counted, event)).get(1)?.count;
  expect(count({ ...envelope, type: 'delete', target: 3 })).toBe(2);
  expect(count({ ...envelope, type: 'erase', subject: b, upTo: 4 })).toBe(2);
  expect(withoutGone(counted, { ...envelope, type: 'delete', target: 5 })).toBe(counted);
});

test('What is looked at far above counts beside the run', () => {
  const room = { messages: [message(90, 1)], excerpt: { messages: [message(1), message(2, 1)], floor: 1, end: 2 } } as Partial<Room> as Room;
  expect(countReplies(allHeld(room), none).get(1)?.count).toBe(2);
});
