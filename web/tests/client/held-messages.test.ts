import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/client/client';
import { HeldMessages } from '../../src/client/held-messages';
import { Session } from '../../src/client/session';
import type { Stored } from '../../src/files/transport';
import { Uploads } from '../../src/files/uploads';
import { turn } from '../support/fake-api';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { lobby, other, welcome } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

let network: FakeNetwork;
let client: Client;
let uploads: Uploads<string>;
let held: HeldMessages<string>;
let answers: ((answer: Stored | string) => void)[];
let dispose: () => void;

beforeEach(() => {
  [network, answers] = [new FakeNetwork(), []];
  let files = 0;
  createRoot((end) => {
    dispose = end;
    const keys = new MemoryKeys();
    client = new Client({ open: network.open, clock: new FakeClock(), random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null });
    uploads = new Uploads<string>({
      nextCid: () => `F${++files}`,
      isSomebody: () => true,
      prepare: async (source) => ({ bytes: source }),
      transport: { send: () => ({ done: new Promise((answer) => answers.push(answer)), cancel: () => undefined }), fetch: async () => null, remove: () => undefined },
    });
    held = new HeldMessages(client, uploads);
  });
  client.start();
  network.newest.open();
  network.newest.say(welcome());
});

afterEach(() => dispose());

const said = () => network.newest.sent.filter((frame) => frame['op'] === 'send').map((frame) => frame['body']);

async function hold(text: string, thread?: number): Promise<void> {
  uploads.add(lobby, [{ name: 'a.txt', size: 5, source: 'a' }], 10, thread);
  client.drafts.save(lobby, text, thread);
  expect(held.settle(lobby, thread)).toBe(false);
  await turn();
}

async function arrive(answer: Stored | string = { path: '/api/v1/files/F/a.txt', name: 'a.txt', type: 'text/plain', size: 5 }): Promise<void> {
  answers.shift()!(answer);
  await turn();
}

test('A message that waits for its files goes out although another room is looked at', async () => {
  client.conversation.reply(lobby, 7);
  await hold('look');
  client.drafts.save(lobby, 'look here');
  await arrive();
  expect(said()).toEqual([expect.stringMatching(/^look here\n.*a\.txt/u)]);
  expect([client.drafts.load(lobby), client.conversation.replying(lobby), uploads.all(), held.isHeld(lobby)]).toEqual(['', null, [], false]);
});

test('What was written in a thread answers it, also when the thread is closed by then, and the room’s own draft stays', async () => {
  client.drafts.save(lobby, 'something else');
  client.conversation.reply(lobby, 7);
  await hold('look', 3);
  expect([held.isHeld(lobby, 3), held.isHeld(lobby), uploads.of(lobby)]).toEqual([true, false, []]);
  await arrive();
  expect(network.newest.sent.filter((frame) => frame['op'] === 'send')).toMatchObject([{ body: expect.stringMatching(/^look\n.*a\.txt/u), replyTo: 3 }]);
  expect([client.drafts.load(lobby, 3), client.drafts.load(lobby), client.conversation.replying(lobby), uploads.all()]).toEqual(['', 'something else', 7, []]);
});

test('While its room is looked at, the composer there sends it', async () => {
  let sends = 0;
  const leave = held.attend(lobby, undefined, () => sends++);
  await hold('look');
  await arrive();
  expect([sends, said()]).toEqual([1, []]);
  leave();
});

test('A file that fails keeps it back, until it is tried again or gone', async () => {
  await hold('look');
  await arrive('storage_full');
  expect([held.isHeld(lobby), held.hasFailed(lobby), said()]).toEqual([false, true, []]);
  uploads.retry(uploads.all()[0]!.key);
  await turn();
  await arrive();
  expect([held.hasFailed(lobby), said()]).toEqual([false, []]);
});

test('What became a command meanwhile, or lost its files, is left to its author', async () => {
  await hold('/topic harbour');
  await arrive();
  expect([said(), client.drafts.load(lobby)]).toEqual([[], '/topic harbour']);
  await hold('look');
  for (const { key } of uploads.all()) uploads.remove(key);
  await turn();
  expect([said(), held.isHeld(lobby)]).toEqual([[], false]);
});

test('It is not said in the name of somebody else', async () => {
  await hold('look');
  network.newest.drop(4003);
  client.start();
  network.newest.open();
  network.newest.say(welcome({ you: { id: other, nick: 'bob', guest: true } }));
  await arrive();
  expect([said(), held.isHeld(lobby)]).toEqual([[], false]);
});
