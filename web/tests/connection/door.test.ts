import { beforeEach, expect, test } from 'vitest';
import { Connection, type Status } from '../../src/connection/connection';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { welcome } from '../support/frames';

let clock: FakeClock;
let network: FakeNetwork;
let connection: Connection;
let statuses: Status[];
let session: string | null;
/** Each asking for a ticket that was not answered yet. */
let asked: ((ticket: string | null) => void)[];

beforeEach(() => {
  clock = new FakeClock();
  network = new FakeNetwork();
  statuses = [];
  asked = [];
  session = null;
  connection = new Connection({
    clock,
    open: network.open,
    random: () => 0.5,
    session: { load: () => session, save: (value) => (session = value) },
    door: { ticket: () => new Promise((resolve) => asked.push(resolve)) },
    replica: { cursors: () => ({}), accept: () => 'ok' },
    status: (status) => statuses.push(status),
  });
});

async function answer(ticket: string | null): Promise<void> {
  asked.shift()!(ticket);
  await Promise.resolve();
}

async function goOnline(): Promise<void> {
  connection.start();
  await answer('t1');
  network.newest.open();
  network.newest.say(welcome({ session: 's1' }));
}

test('Nothing is opened before there is a ticket, and the hello carries it', async () => {
  connection.start();
  expect(network.sockets.length).toBe(0);
  await answer('t1');
  network.newest.open();
  expect(network.newest.sent).toMatchObject([{ op: 'hello', auth: { ticket: 't1' } }]);
});

test('A ticket is used once: whoever was let in comes back by the session', async () => {
  await goOnline();
  network.newest.drop();
  clock.advance(250);
  expect(asked.length).toBe(0);
  network.newest.open();
  expect(network.newest.sent).toMatchObject([{ op: 'hello', auth: { session: 's1' } }]);
  expect(network.newest.sent[0]).not.toMatchObject({ auth: { ticket: 't1' } });
});

test('A server that knows the session no more costs another ticket', async () => {
  await goOnline();
  network.newest.drop();
  clock.advance(250);
  network.newest.open();
  network.newest.drop(4003);
  expect(statuses).not.toContain('refused');
  clock.advance(500);
  await answer('t2');
  network.newest.open();
  expect(network.newest.sent).toMatchObject([{ op: 'hello', auth: { session: 's1', ticket: 't2' } }]);
});

test('A ticket that came too late costs another one, with growing patience', async () => {
  connection.start();
  for (const wait of [250, 500, 1000]) {
    await answer('late');
    network.newest.open();
    network.newest.drop(4003);
    expect(asked.length).toBe(0);
    clock.advance(wait);
    expect(asked.length).toBe(1);
  }
  expect(statuses).not.toContain('refused');
});

test('Who gives no ticket leaves it to the server, whose refusal is the last word', async () => {
  connection.start();
  await answer(null);
  network.newest.open();
  expect(network.newest.sent[0]).not.toHaveProperty('auth');
  network.newest.drop(4003);
  expect(statuses.at(-1)).toBe('refused');
});

test('A ticket that comes after the end opens nothing', async () => {
  connection.start();
  connection.stop();
  await answer('t1');
  expect(network.sockets.length).toBe(0);
});
