import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/client/client';
import type { Found } from '../../src/client/history';
import { Session } from '../../src/client/session';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { info, lobby, other, post, welcome } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

let network: FakeNetwork;
let client: Client;
let dispose: () => void;

beforeEach(() => {
  network = new FakeNetwork();
  client = createRoot((end) => {
    dispose = end;
    const keys = new MemoryKeys();
    return new Client({ open: network.open, clock: new FakeClock(), random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null });
  });
  client.start();
  network.newest.open();
  network.newest.say(welcome({ rooms: [info({ head: 1_000, posts: 998, firstSeq: 100 })] }));
});

afterEach(() => dispose());

const room = () => client.workspace.room(lobby)!;
const asked = () => network.newest.sent.filter((frame) => frame['op'] === 'history');
const messages = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => {
  const { op: _op, room: _room, type: _type, ...message } = post(from + i);
  return message;
});
const say = (page: object, rid = `q${asked().length}`) => network.newest.say({ op: 'history', rid, room: lobby, head: 1_000, more: true, ...page });
const edit = (seq: number, target: number) => ({ op: 'ev', room: lobby, seq, type: 'edit', ts: 1, from: { id: other, nick: 'bob' }, target, body: `edited by ${seq}` });

async function around(seq: number, page: object): Promise<Found> {
  const found = client.history.around(lobby, seq, () => true);
  say(page);
  return await found;
}

test('A message far back is asked for with what lies around it, and found', async () => {
  expect(await around(500, { moreAfter: true, messages: messages(470, 530) })).toEqual({ seq: 500 });
  expect(asked()).toEqual([{ op: 'history', rid: 'q1', room: lobby, around: 500, limit: 60 }]);
  expect(room().excerpt).toMatchObject({ floor: 470, end: 530 });
});

test('One that is held is not asked for', async () => {
  await around(500, { moreAfter: true, messages: messages(470, 530) });
  expect(await client.history.around(lobby, 510, () => true)).toEqual({ seq: 510 });
  network.newest.say(post(1_001));
  expect([await client.history.around(lobby, 1_001, () => true), room().excerpt]).toEqual([{ seq: 1_001 }, null]);
  expect(asked().length).toBe(1);
});

test('One that is not there changes nothing of what is looked at', async () => {
  expect(await around(500, { moreAfter: true, messages: [...messages(470, 499), ...messages(501, 530)] })).toEqual({ code: 'no_such_message' });
  expect(room().excerpt).toBeNull();
  expect(await client.history.around(lobby, 1_001, () => true)).toEqual({ code: 'no_such_message' });
  expect(await client.history.around(lobby, 99, () => true)).toEqual({ code: 'not_kept' });
  expect(asked().length).toBe(1);
});

test('A refusal is handed on', async () => {
  const found = client.history.around(lobby, 500, () => true);
  network.newest.say({ op: 'error', rid: 'q1', code: 'forbidden', message: '' });
  expect(await found).toEqual({ code: 'forbidden' });
});

test('The first after a place is found where it is, whatever lies there', async () => {
  const found = client.history.after(lobby, 499, () => true);
  say({ moreAfter: true, messages: [...messages(470, 499), ...messages(503, 530)] });
  expect(await found).toEqual({ seq: 503 });
  expect(await client.history.after(lobby, 503, () => true)).toEqual({ seq: 504 });
  // What was read before anything that is still kept: the first that is.
  const kept = client.history.after(lobby, 5, () => true);
  say({ more: false, moreAfter: true, messages: messages(101, 130) });
  expect([await kept, asked().at(-1)]).toEqual([{ seq: 101 }, { op: 'history', rid: 'q2', room: lobby, around: 100, limit: 60 }]);
});

test('What is told while a page is on its way is not lost, and what the page knows is not done twice', async () => {
  const found = client.history.around(lobby, 500, () => true);
  network.newest.say(edit(1_001, 500), edit(1_002, 501), edit(1_003, 502));
  say({ head: 1_001, moreAfter: true, messages: messages(470, 530).map((message) => (message.seq === 500 ? { ...message, body: 'edited by 1001', changed: 1_001 } : message)) });
  await found;
  expect(room().excerpt!.messages.filter((message) => message.changed !== undefined).map(({ seq, body, changed }) => [seq, body, changed]))
    .toEqual([[500, 'edited by 1001', 1_001], [501, 'edited by 1002', 1_002], [502, 'edited by 1003', 1_003]]);
});

test('Older and newer ones of the excerpt are fetched from where it ends, one page at a time', async () => {
  await around(500, { moreAfter: true, messages: messages(470, 530) });
  const pages = [client.history.older(lobby, 50), client.history.newer(lobby, 50)];
  expect(asked().slice(1)).toEqual([{ op: 'history', rid: 'q2', room: lobby, before: 470, limit: 50 }]);
  say({ messages: messages(420, 469) });
  await Promise.all(pages);
  const newer = client.history.newer(lobby, 50);
  say({ messages: messages(531, 580) });
  await newer;
  expect(asked().at(-1)).toMatchObject({ after: 530 });
  expect(room().excerpt).toMatchObject({ floor: 420, end: 580 });
});

test('A page that nobody waits for any more changes nothing of what the room shows', async () => {
  let isHere = true;
  const found = client.history.around(lobby, 500, () => isHere);
  isHere = false;
  say({ moreAfter: true, messages: messages(470, 530) });
  await found;
  expect(room().excerpt).toBeNull();
});

test('Why an older or a newer page did not come is told, and it can be asked for again', async () => {
  const refuse = () => network.newest.say({ op: 'error', rid: `q${asked().length}`, code: 'storage_failed', message: '' });
  const older = client.history.older(lobby, 50);
  refuse();
  expect(await older).toBe('storage_failed');
  const again = client.history.older(lobby, 50);
  say({ messages: messages(900, 949) });
  expect(await again).toBeNull();
  await around(500, { moreAfter: true, messages: messages(470, 530) });
  const newer = client.history.newer(lobby, 50);
  refuse();
  expect(await newer).toBe('storage_failed');
});
