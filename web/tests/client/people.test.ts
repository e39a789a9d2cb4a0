import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/client/client';
import { Session } from '../../src/client/session';
import type { RoomId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { info, lobby, me, other, post, welcome } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

let clock: FakeClock;
let network: FakeNetwork;
let client: Client;
let dispose: () => void;

beforeEach(() => {
  clock = new FakeClock();
  network = new FakeNetwork();
  client = createRoot((end) => {
    dispose = end;
    const keys = new MemoryKeys();
    return new Client({ open: network.open, clock, random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null });
  });
  client.start();
});

afterEach(() => dispose());

function answer(fields: object = {}): void {
  network.newest.open();
  network.newest.say(welcome(fields));
}

const bob = { id: other, nick: 'bob' };
const asked = (op: string) => network.newest.sent.filter((frame) => frame.op === op);
/** An answer passes through a few promises. */
const settled = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};
const room = () => client.workspace.room(lobby)!;
const typists = () => client.people.typists.in(lobby).map(({ nick }) => nick);

test('Who writes shows until they post', () => {
  answer();
  network.newest.say({ op: 'eph', type: 'typing', room: lobby, users: [bob, { id: me, nick: 'alice' }] });
  expect(typists()).toEqual(['bob']);
  network.newest.say(post(11));
  expect(typists()).toEqual([]);
});

test('Who posts, or is told to, has read; whoever is gone has not', async () => {
  answer();
  client.people.receipts.open(lobby);
  network.newest.say({ op: 'receipts', rid: asked('receipts')[0]!.rid, room: lobby, receipts: [{ user: bob, seq: 4 }] });
  await settled();
  const seq = () => client.people.receipts.of(lobby).get(other)?.seq;
  expect(seq()).toBe(4);
  network.newest.say({ op: 'eph', type: 'receipts', room: lobby, receipts: [{ user: bob, seq: 9 }] });
  expect(seq()).toBe(9);
  network.newest.say(post(11));
  expect(seq()).toBe(11);
  network.newest.say({ op: 'ev', room: lobby, seq: 12, type: 'kick', ts: 1, from: { id: me, nick: 'alice' }, subject: bob });
  expect(seq()).toBeUndefined();
});

test('Where a presence frame was lost, who is here and who has read are asked again', () => {
  answer();
  client.people.presence.look(lobby);
  client.people.receipts.open(lobby);
  network.newest.say({ op: 'eph', type: 'presence', room: lobby, count: 3 });
  expect([asked('who').length, asked('receipts').length]).toEqual([2, 2]);
});

test('After a reconnect everything is asked anew', () => {
  answer();
  client.people.presence.look(lobby);
  network.newest.say({ op: 'eph', type: 'typing', room: lobby, users: [bob] });
  network.newest.drop();
  clock.advance(0);
  answer();
  expect(typists()).toEqual([]);
  expect(asked('who').length).toBeGreaterThan(0);
  expect(client.people.presence.of(lobby)).toBeUndefined();
});

test('Mentions are asked for where something is unread, and counted live with the names that were met', async () => {
  answer({ rooms: [info({ read: 8, unread: 2 })] });
  const [question] = asked('mentions');
  const message = { seq: 9, post: 7, ts: 1, from: bob, body: '@alice' };
  network.newest.say({ op: 'mentions', rid: question!.rid, more: false, mentions: [{ room: lobby, message }] });
  await settled();
  expect(client.people.mentions.in(room())).toBe(1);
  network.newest.say(post(11, { body: 'and you, @Alice?' }), post(12, { body: '@alice2' }), post(13, { body: '@everyone' }));
  expect(client.people.mentions.in(room())).toBe(3);
  network.newest.say({ op: 'read', room: lobby, seq: 11, unread: 2 });
  expect(client.people.mentions.in(room())).toBe(1);
});

test('A longer name that was met is not one’s own, and one’s own follows a new nick', () => {
  answer();
  expect(client.people.namesMe('@aliceさんへ')).toBe(true);
  network.newest.say(post(11, { from: { id: other, nick: 'aliceさん' } }));
  expect(client.people.namesMe('@aliceさんへ')).toBe(false);
  network.newest.say({ op: 'user', user: bob });
  expect(client.people.namesMe('@aliceさんへ')).toBe(true);
  network.newest.say({ op: 'you', you: { id: me, nick: '花子', guest: true } });
  expect([client.people.namesMe('@alice'), client.people.namesMe('@花子さん')]).toEqual([false, true]);
});

test('Where nothing is unread nothing is asked, and a room that is gone is let go of', () => {
  answer();
  expect(asked('mentions')).toEqual([]);
  network.newest.say(post(11, { body: '@alice' }));
  network.newest.say({ op: 'gone', room: lobby }, { op: 'room', room: info({ head: 11, read: 10 }) });
  expect(client.people.mentions.in(client.workspace.room(lobby as RoomId)!)).toBe(0);
});
