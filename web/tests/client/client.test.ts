import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/client/client';
import { Session } from '../../src/client/session';
import { hasOlder } from '../../src/model/log';
import { unread } from '../../src/model/room';
import type { RoomId, UserId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { info, lobby, me, post, welcome } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

let clock: FakeClock;
let network: FakeNetwork;
let client: Client;
let dispose: () => void;
let keys: MemoryKeys;

beforeEach(() => {
  clock = new FakeClock();
  network = new FakeNetwork();
  client = createRoot((end) => {
    dispose = end;
    keys = new MemoryKeys();
    return new Client({ open: network.open, clock, random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null });
  });
  client.start();
});

afterEach(() => dispose());

function answer(fields: object = {}): void {
  network.newest.open();
  network.newest.say(welcome(fields));
}

function reconnect(...frames: object[]): void {
  network.newest.drop();
  clock.advance(0);
  answer();
  network.newest.say(...frames);
}

const room = () => client.workspace.room(lobby)!;
const seqs = () => room().messages.map((message) => message.seq);
const sent = (op: string) => network.newest.sent.filter((frame) => frame.op === op);
const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test('Live events are applied once and in order', () => {
  answer();
  network.newest.say(post(11), post(11), post(12), post(9));
  expect(seqs()).toEqual([11, 12]);
  expect(client.workspace.totalUnread()).toBe(2);
});

test('A gap makes it resume from the last event applied', () => {
  answer();
  network.newest.say(post(11), post(13));
  expect(seqs()).toEqual([11]);
  clock.advance(0);
  network.newest.open();
  expect(sent('hello')[0]).toMatchObject({ resume: { rooms: { [lobby]: 11 } } });
});

test('resumed: what was missed is appended', () => {
  answer();
  network.newest.say(post(11));
  reconnect({ op: 'resumed', room: lobby, head: 13 }, post(12), post(13));
  expect(seqs()).toEqual([11, 12, 13]);
});

test('partial: what was held is let go, and history is fetched from the hole on back', async () => {
  answer();
  network.newest.say(post(11));
  reconnect({ op: 'partial', room: lobby, from: 500, head: 501 }, post(500), post(501));
  expect([seqs(), hasOlder(room())]).toEqual([[500, 501], true]);
  void client.history.older(lobby, 50);
  expect(sent('history')).toEqual([{ op: 'history', rid: expect.any(String), room: lobby, before: 500, limit: 50 }]);
});

test('reset: the room starts anew from the welcome', () => {
  answer();
  network.newest.say(post(11), post(12));
  reconnect({ op: 'reset', room: lobby, reason: 'ahead' });
  expect([seqs(), room().last, room().floor]).toEqual([[], 10, 11]);
  network.newest.say(post(11));
  expect(seqs()).toEqual([11]);
});

test('reset of a room that is no longer there lets it go', () => {
  answer({ rooms: [info(), info({ id: 'gone-id' as RoomId, slug: 'gone' })] });
  reconnect({ op: 'reset', room: 'gone-id', reason: 'unknown' });
  expect([...client.workspace.rooms().keys()]).toEqual([lobby]);
});

test('A first message of an onlooker is in the outbox, and joins first', async () => {
  answer({ rooms: [info({ member: false })] });
  expect(await client.post(lobby, 'hello')).toBeNull();
  expect([client.outbox.entries().length, sent('send')]).toEqual([1, []]);
  network.newest.say({ op: 'ok', cid: sent('join')[0]!.cid, room: lobby, seq: 11 });
  await settled();
  expect(sent('send')).toMatchObject([{ body: 'hello', room: lobby }]);
});

test('What is written by somebody who is not anybody yet waits until they are', async () => {
  answer({ you: { id: null, nick: 'guest-7f3a', guest: true }, rooms: [info({ member: false })] });
  const posting = client.post(lobby, 'hello');
  expect(client.outbox.entries()).toEqual([]);
  const { cid } = sent('join')[0]!;
  network.newest.say({ op: 'you', you: { id: me, nick: 'guest-7f3a', guest: true } }, { op: 'room', room: info({ head: 11 }) }, { op: 'ok', cid, room: lobby, seq: 11 });
  expect(await posting).toBeNull();
  expect([client.outbox.entries()[0]?.state, sent('join').length, sent('send').length]).toEqual(['pending', 1, 1]);
});

test('A refused join of who is not anybody yet queues nothing', async () => {
  answer({ you: { id: null, nick: 'guest-7f3a', guest: true }, rooms: [info({ member: false })] });
  const posting = client.post(lobby, 'hello');
  network.newest.say({ op: 'error', cid: sent('join')[0]!.cid, code: 'forbidden', message: '' });
  expect((await posting)?.code).toBe('forbidden');
  expect(client.outbox.entries()).toEqual([]);
});

test('A failed message that is sent again is a new one', async () => {
  answer();
  await client.post(lobby, 'a');
  const first = sent('send')[0]!.cid;
  network.newest.say({ op: 'error', cid: first, code: 'forbidden', message: '' });
  await client.retry(first as string);
  expect(sent('send').length).toBe(2);
  expect(sent('send')[1]!.cid).not.toBe(first);
  expect(client.outbox.entries().map((entry) => entry.state)).toEqual(['pending']);
});

test('A guest who gets a name is known at once, and their outbox is theirs', async () => {
  answer({ you: { id: null, nick: 'guest-7f3a', guest: true } });
  const renaming = client.rename('alice');
  network.newest.say({ op: 'ok', cid: sent('nick')[0]!.cid, you: { id: me, nick: 'alice', guest: true } });
  expect((await renaming).op).toBe('ok');
  expect(client.workspace.you()).toEqual({ id: me, nick: 'alice', guest: true });
});

test('A question survives its connection and keeps its cid', async () => {
  answer();
  const topic = client.rooms.setTopic(lobby, '港');
  const [first] = sent('topic');
  reconnect();
  expect(sent('topic')).toEqual([first]);
  network.newest.say({ op: 'ok', cid: first!.cid, room: lobby, seq: 11 });
  expect((await topic).op).toBe('ok');
});

test('Who writes much before they are a member joins once, and it goes out in order', async () => {
  answer({ rooms: [{ ...info(), member: false }] });
  const posts = ['1', '2', '3'].map((body) => client.post(lobby, body));
  expect(sent('join').length).toBe(1);
  network.newest.say({ op: 'ok', cid: sent('join')[0]!.cid, room: lobby, seq: 11 });
  expect(await Promise.all(posts)).toEqual([null, null, null]);
  expect(client.outbox.entries().map((entry) => entry.body)).toEqual(['1', '2', '3']);
});

test('A busy server is asked again, and in the end the person is told', async () => {
  answer();
  const leaving = client.rooms.leave(lobby);
  const cid = sent('leave')[0]!.cid;
  for (let i = 0; i < 6; i++) {
    network.newest.say({ op: 'error', cid, code: 'busy', message: '', retryAfter: 100 });
    clock.advance(100);
  }
  expect(sent('leave').length).toBe(6);
  expect((await leaving).op).toBe('error');
});

test('Read positions are told at once, then coalesced, and again after a loss', () => {
  answer();
  for (const seq of [11, 12, 13]) {
    network.newest.say(post(seq));
    client.read(lobby);
  }
  expect(unread(room())).toBe(0);
  expect(sent('read').map((frame) => frame.seq)).toEqual([11]);
  clock.advance(1_000);
  expect(sent('read').map((frame) => frame.seq)).toEqual([11, 13]);
  reconnect();
  expect(sent('read').map((frame) => frame.seq)).toEqual([13]);
});

test('Another session’s reading counts here, too', () => {
  answer();
  network.newest.say(post(11), post(12), { op: 'read', room: lobby, seq: 11, unread: 1 });
  expect(client.workspace.totalUnread()).toBe(1);
});

test('One page of history is asked for at a time', async () => {
  answer();
  void client.history.older(lobby, 50);
  void client.history.older(lobby, 50);
  expect(sent('history').length).toBe(1);
  const { op, room: _, type, ...message } = post(9);
  expect([op, type]).toEqual(['ev', 'post']);
  network.newest.say({ op: 'history', rid: 'q1', room: lobby, head: 10, more: true, messages: [message] });
  await settled();
  expect(seqs()).toEqual([9]);
  void client.history.older(lobby, 50);
  expect(sent('history').length).toBe(2);
});

test('Somebody renamed is renamed everywhere', () => {
  answer();
  network.newest.say(post(11), { op: 'user', user: { id: post(11).from.id, nick: 'ボブ' } });
  expect(client.workspace.names.of(room().messages[0]!.from)).toBe('ボブ');
  network.newest.say(post(12, { from: { id: post(12).from.id, nick: 'robert' } }));
  expect(client.workspace.names.of(room().messages[0]!.from)).toBe('robert');
});

test('Nothing that was held or asked for is somebody else’s who logs in on the same page', async () => {
  answer();
  network.newest.say(post(11));
  const renamed = client.rename('alice-2');
  network.newest.drop(4003);
  client.read(lobby);
  client.start();
  network.newest.open();
  network.newest.say(welcome({ you: { id: 'bob-id', nick: 'bob', guest: false }, rooms: [info({ head: 11, read: 0, unread: 9 })] }));
  expect(await renamed).toMatchObject({ op: 'error', code: 'identity_changed' });
  expect(sent('nick')).toEqual([]);
  expect(sent('read')).toEqual([]);
  expect([seqs(), unread(room())]).toEqual([[], 9]);
});

test('Who logs in again as who they were finds all as it was', () => {
  answer();
  network.newest.say(post(11));
  network.newest.drop(4003);
  expect(client.status()).toBe('refused');
  client.start();
  answer();
  network.newest.say({ op: 'resumed', room: lobby, head: 11 });
  expect(seqs()).toEqual([11]);
});

test('In slow mode the next turn is known by one’s own message and by a refusal, and forgotten when it ends', () => {
  answer({ rooms: [info({ slow: 30 })] });
  const wait = () => client.pace.next(lobby) - clock.now();
  expect(client.pace.next(lobby)).toBe(0);
  network.newest.say(post(11, { from: { id: me, nick: 'alice' } }));
  expect(wait()).toBe(30_000);
  network.newest.say(post(12));
  clock.advance(10_000);
  expect(wait()).toBe(20_000);
  void client.post(lobby, 'again');
  network.newest.say({ op: 'error', cid: sent('send')[0]!.cid, code: 'slow_mode', message: '', retryAfter: 25_000 });
  expect(wait()).toBe(25_000);
  network.newest.say({ op: 'ev', room: lobby, seq: 13, type: 'slow', ts: 1, from: { id: me, nick: 'alice' } });
  expect(client.pace.next(lobby)).toBe(0);
});

test('Who moderates waits for no turn', () => {
  answer({ rooms: [info({ slow: 30, role: 'moderator' })] });
  network.newest.say(post(11, { from: { id: me, nick: 'alice' } }));
  expect(client.pace.next(lobby)).toBe(0);
});

test('Whom one has blocked is told by the welcome, and by each change, in whatever session', () => {
  answer({ blocks: ['cho-id'] });
  const blocked = (id: string) => client.workspace.blocks.has(id as UserId);
  expect([blocked('cho-id'), blocked('bob-id')]).toEqual([true, false]);
  network.newest.say({ op: 'block', user: { id: 'bob-id', nick: 'bob' }, on: true }, { op: 'block', user: { id: 'cho-id', nick: 'cho' }, on: false });
  expect([blocked('cho-id'), blocked('bob-id')]).toEqual([false, true]);
});

test('A mute is not remembered over a hole in what was heard: its end may lie there', () => {
  answer();
  network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'mute', ts: 1, from: { id: 'mod', nick: 'mod' }, subject: { id: me, nick: 'alice' } });
  expect(room().mutedUntil).toBe(Infinity);
  reconnect({ op: 'partial', room: lobby, from: 500, head: 501 });
  expect(room().mutedUntil).toBe(0);
});

test('In slow mode one waits from when one posted, also where that is told later', () => {
  clock.advance(60_000);
  answer({ rooms: [info({ slow: 30 })] });
  const mine = { id: me, nick: 'alice' };
  network.newest.say(post(11, { from: mine, ts: clock.now() - 40_000 }));
  expect(client.pace.next(lobby)).toBe(0);
  network.newest.say(post(12, { from: mine, ts: clock.now() - 10_000 }));
  expect(client.pace.next(lobby)).toBe(clock.now() + 20_000);
  network.newest.say(post(13, { from: mine, ts: clock.now() + 5_000 }));
  expect(client.pace.next(lobby)).toBe(clock.now() + 30_000);
});

test('What was typed and looked at waits for whoever did so, and is nobody else’s', () => {
  const other = 'u-other' as UserId;
  const left = () => [client.drafts.load(lobby), client.drafts.has(lobby), keys.get('minato.recent.queries')];
  const leave = () => {
    client.drafts.save(lobby, 'half a');
    keys.set('minato.recent.queries', '["x"]');
  };
  // Before one has a name, too.
  leave();
  answer({ you: { id: null, nick: 'guest', guest: true } });
  answer();
  expect(left()).toEqual(['half a', true, '["x"]']);
  // The session ended, and the same person is back.
  reconnect();
  expect(left()).toEqual(['half a', true, '["x"]']);
  network.newest.drop();
  clock.advance(0);
  answer({ you: { id: other, nick: 'bob', guest: false } });
  expect(left()).toEqual(['', false, null]);
  leave();
  network.newest.drop();
  clock.advance(0);
  answer({ you: { id: null, nick: '', guest: true } });
  expect(left()).toEqual(['', false, null]);
});
