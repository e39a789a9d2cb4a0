import { beforeEach, describe, expect, test } from 'vitest';
import { readMarks, readSeqs } from '../../src/model/people/read-marks';
import { Receipts } from '../../src/model/people/receipts';
import type { ReceiptsFrame } from '../../src/wire/server-frames';
import type { Message, Receipt, RoomId, UserId } from '../../src/wire/types';
import { lobby, me, other, post } from '../support/frames';

const receipt = (id: string, seq: number): Receipt => ({ user: { id: id as UserId, nick: id }, seq });
let answers: ((receipts: readonly Receipt[]) => Promise<void>)[];
let receipts: Receipts;

beforeEach(() => {
  answers = [];
  receipts = new Receipts((room) => new Promise<ReceiptsFrame>((resolve) => {
    answers.push(async (told) => (resolve({ op: 'receipts', room, receipts: told }), await Promise.resolve()));
  }), (user) => user === me);
});

const held = () => [...receipts.of(lobby).values()].map(({ user, seq }) => `${user.nick} ${seq}`).join(', ');

test('How far others have read is asked for, then told, and never goes back', async () => {
  receipts.open(lobby);
  receipts.told({ room: lobby, receipts: [receipt('ana', 9)] });
  await answers[0]!([receipt('ana', 7), receipt('bob', 5), receipt(me, 9)]);
  expect(held()).toBe('ana 9, bob 5');
  receipts.told({ room: lobby, receipts: [receipt('ana', 8), receipt('bob', 6)] });
  expect(held()).toBe('ana 9, bob 6');
});

test('Who posts has read, and who leaves has not', async () => {
  receipts.open(lobby);
  await answers[0]!([receipt('ana', 7)]);
  receipts.posted(lobby, receipt('bob', 0).user, 10);
  receipts.left(lobby, 'ana' as UserId);
  expect(held()).toBe('bob 10');
});

test('What is told of a room that is not open is not held, nor what is left of one', async () => {
  receipts.told({ room: lobby, receipts: [receipt('ana', 7)] });
  expect(held()).toBe('');
  const first = receipts.open(lobby);
  const second = receipts.open(lobby);
  await answers[0]!([receipt('ana', 7)]);
  first();
  first();
  expect(held()).toBe('ana 7');
  second();
  expect(held()).toBe('');
  await answers[1]!([receipt('ana', 8)]);
  expect(held()).toBe('');
});

test('A new connection forgets, and asks again for what is open', async () => {
  receipts.open(lobby);
  receipts.open('garden' as RoomId)();
  await answers[0]!([receipt('ana', 7)]);
  receipts.begin();
  expect(held()).toBe('');
  expect(answers).toHaveLength(3);
  await answers[2]!([receipt('bob', 8)]);
  expect(held()).toBe('bob 8');
});

describe('Beside which of one’s own messages stands how many have read', () => {
  const mine = (seq: number): Message => post(seq, { from: { id: me, nick: 'alice' } });
  const theirs = (seq: number): Message => post(seq, { from: { id: other, nick: 'bob' } });
  const log = [mine(10), theirs(11), mine(12), mine(13), mine(15)];
  const marks = (...read: [string, number][]) => [...readMarks(log, readSeqs(new Map(read.map(([id, seq]) => [id as UserId, receipt(id, seq)]))), me)];

  test.each<[string, [string, number][], [number, number][]]>([
    ['nobody has', [['ana', 9]], []],
    ['all have read all', [['ana', 15], ['bob', 20]], [[15, 2]]],
    ['one is behind', [['ana', 14], ['bob', 15]], [[15, 1], [13, 2]]],
    ['between two of mine it is the older one', [['ana', 12]], [[12, 1]]],
    ['each further reader shows once', [['ana', 15], ['bob', 13], ['cho', 11]], [[15, 1], [13, 2], [10, 3]]],
  ])('%s', (_, read, expected) => expect(marks(...read)).toEqual(expected));
});
