import { beforeEach, describe, expect, test } from 'vitest';
import { shown } from '../../src/outbox/entry';
import { EntryStore } from '../../src/outbox/entry-store';
import { Outbox } from '../../src/outbox/outbox';
import type { Send } from '../../src/wire/client-frames';
import type { ErrorFrame, OkFrame } from '../../src/wire/server-frames';
import type { RoomId, UserId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { lobby, me, other, post } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

const elsewhere = 'dev-id' as RoomId;
let clock: FakeClock;
let keys: MemoryKeys;
let sent: Send[];
let online: boolean;
let last: number;
let cids: number;
let outbox: Outbox;
let slowed: [string, number][];
let joinings: { room: RoomId; answer: (answer: OkFrame | ErrorFrame) => void }[];

beforeEach(() => {
  clock = new FakeClock();
  keys = new MemoryKeys();
  sent = [];
  online = true;
  last = 10;
  cids = 0;
  slowed = [];
  joinings = [];
  outbox = open();
});

function open(owner: UserId = me): Outbox {
  const outbox = new Outbox({
    clock,
    store: new EntryStore(keys),
    nextCid: () => `C${++cids}`,
    send: (frame) => online && (sent.push(frame), true),
    join: (room) => new Promise((answer) => joinings.push({ room, answer })),
    last: () => last,
    slowed: (room, ms) => void slowed.push([room, ms]),
  });
  outbox.adopt(owner, false);
  return outbox;
}

const bodies = () => sent.map((frame) => frame.body);
const states = (of = outbox) => of.entries().map((entry) => [entry.body, entry.state]);
const ok = (cid: string, seq: number) => outbox.answered({ op: 'ok', cid, room: lobby, seq, ts: 1 });
const refuse = (cid: string, code: string, retryAfter?: number) => outbox.answered({ op: 'error', cid, code, message: '', retryAfter });
const own = (seq: number, body: string) => post(seq, { body, from: { id: me, nick: 'alice' } });

test('A message is pending, then saved, then gone when its event is here', () => {
  outbox.add(lobby, 'a');
  expect(states()).toEqual([['a', 'pending']]);
  ok('C1', 11);
  expect(states()).toEqual([['a', 'saved']]);
  expect(shown(outbox.entries()[0]!, last)).toBe(true);
  last = 11;
  expect(shown(outbox.entries()[0]!, last)).toBe(false);
  outbox.arrived(own(11, 'a'));
  expect(states()).toEqual([]);
});

test('It is on disk exactly until the server has it', () => {
  outbox.add(lobby, 'a');
  expect(keys.map.size).toBe(1);
  ok('C1', 11);
  expect(keys.map.size).toBe(0);
});

test('One at a time goes out for each room, in order', () => {
  outbox.add(lobby, 'a');
  outbox.add(lobby, 'b');
  outbox.add(elsewhere, 'x');
  expect(bodies()).toEqual(['a', 'x']);
  ok('C1', 11);
  expect(bodies()).toEqual(['a', 'x', 'b']);
});

test('A busy server does not change the order', () => {
  outbox.add(lobby, 'a');
  outbox.add(lobby, 'b');
  refuse('C1', 'busy', 250);
  clock.advance(249);
  expect(bodies()).toEqual(['a']);
  clock.advance(1);
  expect(bodies()).toEqual(['a', 'a']);
  expect(sent[0]!.cid).toBe(sent[1]!.cid);
});

test.each(['busy', 'rate_limited', 'storage_full', 'storage_away'])('%s is tried again by itself', (code) => {
  outbox.add(lobby, 'a');
  refuse('C1', code, 250);
  expect(states()).toEqual([['a', 'pending']]);
  clock.advance(250);
  expect(sent.length).toBe(2);
});

test('Any other error fails the message, and the next one goes out', () => {
  outbox.add(lobby, 'a');
  outbox.add(lobby, 'b');
  refuse('C1', 'forbidden');
  expect(states()).toEqual([['a', 'failed'], ['b', 'pending']]);
  expect(outbox.entries()[0]!.code).toBe('forbidden');
  expect(bodies()).toEqual(['a', 'b']);
});

test('A failed message survives a reload and is not sent by itself; discarded it is gone', () => {
  outbox.add(lobby, 'a');
  refuse('C1', 'forbidden');
  sent = [];
  const reloaded = open();
  reloaded.online();
  expect([states(reloaded), bodies()]).toEqual([[['a', 'failed']], []]);
  reloaded.discard('C1');
  expect([states(reloaded), keys.map.size]).toEqual([[], 0]);
});

test('Only a failed message can be discarded', () => {
  outbox.add(lobby, 'a');
  outbox.discard('C1');
  expect(states()).toEqual([['a', 'pending']]);
});

test('What was written offline goes out in order when online', () => {
  online = false;
  outbox.add(lobby, 'a');
  outbox.add(lobby, 'b');
  expect(sent).toEqual([]);
  online = true;
  outbox.online();
  ok('C1', 11);
  expect(bodies()).toEqual(['a', 'b']);
});

test('What was unanswered goes out again under its cid, after a reconnect and after a reload', () => {
  outbox.add(lobby, 'a');
  outbox.online();
  expect(sent.map((frame) => frame.cid)).toEqual(['C1', 'C1']);
  open().online();
  expect(sent.map((frame) => frame.cid)).toEqual(['C1', 'C1', 'C1']);
});

test('A replayed event hides the pending copy before its answer comes', () => {
  outbox.add(lobby, 'a');
  last = 11;
  outbox.arrived(own(11, 'a'));
  expect(outbox.entries().filter((entry) => shown(entry, last))).toEqual([]);
  outbox.online();
  expect(sent.length).toBe(2);
  ok('C1', 11);
  expect([states(), keys.map.size]).toEqual([[], 0]);
});

test('A wrong guess is put right by the answer', () => {
  outbox.add(lobby, 'a');
  last = 11;
  outbox.arrived(own(11, 'a'));
  refuse('C1', 'forbidden');
  expect(outbox.entries().filter((entry) => shown(entry, last)).length).toBe(1);
});

test('The event of a saved message does not hide a later one with the same text', () => {
  outbox.add(lobby, 'a');
  ok('C1', 11);
  outbox.add(lobby, 'a');
  last = 11;
  outbox.arrived(own(11, 'a'));
  expect(outbox.entries().filter((entry) => shown(entry, last)).map((entry) => entry.cid)).toEqual(['C2']);
});

test('A new name disturbs nothing that is underway', () => {
  outbox.add(lobby, 'a');
  outbox.adopt(me, false);
  outbox.add(lobby, 'b');
  expect(bodies()).toEqual(['a']);
});

test('Two pages do not lose each other’s messages', () => {
  online = false;
  const second = open();
  outbox.add(lobby, 'a');
  second.add(lobby, 'b');
  expect(states(open())).toEqual([['a', 'pending'], ['b', 'pending']]);
});

test('An answer to something else is not taken', () => {
  outbox.add(lobby, 'a');
  expect(ok('other', 11)).toBe(false);
  expect(outbox.answered({ op: 'error', code: 'bad_frame', message: '' })).toBe(false);
});

describe('when the server no longer knows the session', () => {
  test('nothing is sent under the new name, and nothing is lost', () => {
    online = false;
    outbox.add(lobby, 'a');
    outbox.adopt('nobody', false);
    online = true;
    outbox.online();
    outbox.adopt(other, false);
    outbox.online();
    expect(sent).toEqual([]);
    expect(outbox.entries()[0]).toMatchObject({ body: 'a', state: 'failed', code: 'identity_changed' });
    expect(states(open(other))).toEqual([['a', 'failed']]);
    expect(states(open(me))).toEqual([]);
  });
});

test('A reload takes them up in the order they were written, whatever the order on disk', () => {
  online = false;
  outbox.add(lobby, 'a');
  outbox.add(lobby, 'b');
  const reversed = [...keys.map].reverse();
  keys.map.clear();
  for (const [key, value] of reversed) keys.map.set(key, value);
  expect(states(open())).toEqual([['a', 'pending'], ['b', 'pending']]);
});

test('Entries older than the server’s memory of client ids, and broken ones, are let go', () => {
  outbox.add(lobby, 'a');
  keys.map.set(`minato.outbox.${me}.C0`, '{"cid":');
  clock.advance(31 * 24 * 3_600_000);
  expect(states(open())).toEqual([]);
  expect(keys.map.size).toBe(0);
});

describe('In slow mode', () => {
  test('a message that may go within a minute waits for its turn, and so do those behind it', () => {
    outbox.add(lobby, 'a');
    outbox.add(lobby, 'b');
    refuse('C1', 'slow_mode', 60_000);
    expect(slowed).toEqual([[lobby, 60_000]]);
    clock.advance(59_999);
    expect(bodies()).toEqual(['a']);
    clock.advance(1);
    expect(bodies()).toEqual(['a', 'a']);
    expect(sent[1]!.cid).toBe('C1');
  });

  test('one that would go in hours is never sent by itself', () => {
    outbox.add(lobby, 'a');
    refuse('C1', 'slow_mode', 21_600_000);
    expect(outbox.entries()).toMatchObject([{ body: 'a', state: 'failed', code: 'slow_mode' }]);
    clock.advance(30_000_000);
    outbox.online();
    expect(bodies()).toEqual(['a']);
  });
});

describe('of somebody with an account', () => {
  beforeEach(() => {
    online = false;
    outbox.adopt(me, true);
    outbox.add(lobby, 'a');
  });

  test('nothing goes over to whoever comes next, and all of it is there when they are back', () => {
    outbox.adopt(other, true);
    expect([states(), states(open(other))]).toEqual([[], []]);
    outbox.adopt(me, true);
    expect(states()).toEqual([['a', 'pending']]);
  });

  test('nothing stays in sight once they left, and a late answer to it is nobody’s', () => {
    outbox.leave();
    expect([states(), ok('C1', 11)]).toEqual([[], false]);
    outbox.adopt(other, true);
    expect(states()).toEqual([]);
    expect(states(open(me))).toEqual([['a', 'pending']]);
  });
});

describe('What an onlooker writes', () => {
  const joined = async (answer: OkFrame | ErrorFrame = { op: 'ok', cid: 'J', room: lobby, seq: 11 }) => {
    joinings.shift()!.answer(answer);
    await Promise.resolve();
  };

  test('is on disk at once, and goes out in order after one joining', async () => {
    for (const body of ['a', 'b']) outbox.add(lobby, body, undefined, true);
    expect([keys.map.size, joinings.length, bodies()]).toEqual([2, 1, []]);
    await joined();
    expect(bodies()).toEqual(['a']);
    ok('C1', 12);
    expect([bodies(), joinings.length]).toEqual([['a', 'b'], 0]);
  });

  test('joins after a reload as well, and is sent once', async () => {
    outbox.add(lobby, 'a', undefined, true);
    joinings = [];
    const reloaded = open();
    reloaded.online();
    await joined();
    expect([bodies(), states(reloaded)]).toEqual([['a'], [['a', 'pending']]]);
  });

  test('fails with what the joining was refused for', async () => {
    outbox.add(lobby, 'a', undefined, true);
    await joined({ op: 'error', cid: 'J', code: 'forbidden', message: '' });
    expect([outbox.entries()[0], bodies()]).toMatchObject([{ state: 'failed', code: 'forbidden' }, []]);
  });

  test('is not joined for by whoever comes after them', async () => {
    outbox.add(lobby, 'a', undefined, true);
    outbox.adopt(other, false);
    await joined({ op: 'error', cid: 'J', code: 'identity_changed', message: '' });
    expect([bodies(), states(), joinings.length]).toEqual([[], [['a', 'failed']], 0]);
  });
});
