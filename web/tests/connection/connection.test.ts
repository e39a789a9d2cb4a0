import { beforeEach, describe, expect, test } from 'vitest';
import { Connection, type Status } from '../../src/connection/connection';
import { judge } from '../../src/connection/replica';
import { clientFrames } from '../../src/wire/client-frames';
import type { ServerFrame } from '../../src/wire/server-frames';
import type { RoomId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { post, welcome } from '../support/frames';

let clock: FakeClock;
let network: FakeNetwork;
let connection: Connection;
let statuses: Status[];
let accepted: ServerFrame[];
let cursors: Record<RoomId, number>;
let verdict: 'ok' | 'gap';
let session: string | null;

beforeEach(() => {
  clock = new FakeClock();
  network = new FakeNetwork();
  statuses = [];
  accepted = [];
  cursors = {};
  verdict = 'ok';
  session = null;
  connection = new Connection({
    clock,
    open: network.open,
    random: () => 0.5,
    session: { load: () => session, save: (value) => (session = value) },
    door: null,
    replica: { cursors: () => cursors, accept: (frame) => (accepted.push(frame), frame.op === 'ev' ? verdict : 'ok') },
    status: (status) => statuses.push(status),
  });
});

function goOnline(fields: object = {}): void {
  connection.start();
  network.newest.open();
  network.newest.say(welcome(fields));
}

test('The first frame is a hello, and welcome makes it online', () => {
  connection.start();
  expect(network.newest.sent).toEqual([]);
  network.newest.open();
  expect(network.newest.ops()).toEqual(['hello']);
  expect(connection.send(clientFrames.ping())).toBe(false);
  network.newest.say(welcome());
  expect(statuses).toEqual(['online']);
  expect(connection.send(clientFrames.ping())).toBe(true);
});

test('The session is kept and said again, with every cursor', () => {
  goOnline({ session: 's3cr3t' });
  expect(session).toBe('s3cr3t');
  cursors = { room: 43 } as Record<RoomId, number>;
  network.newest.drop();
  clock.advance(500);
  network.newest.open();
  expect(network.newest.sent).toEqual([
    { op: 'hello', ver: 1, client: 'minato-web/0.1', auth: { session: 's3cr3t' }, resume: { rooms: { room: 43 } }, want: ['presence', 'typing', 'receipts'] },
  ]);
});

test('A lost connection comes back with full jitter that grows', () => {
  connection.start();
  for (const wait of [250, 500, 1000, 2000]) {
    const before = network.sockets.length;
    network.newest.drop();
    expect(statuses.at(-1)).toBe('waiting');
    clock.advance(wait - 1);
    expect(network.sockets.length).toBe(before);
    clock.advance(1);
    expect(network.sockets.length).toBe(before + 1);
  }
});

test('Only a connection that lived ten seconds starts the backoff anew', () => {
  goOnline();
  network.newest.drop();
  clock.advance(250);
  network.newest.open();
  network.newest.say(welcome());
  clock.advance(9_999);
  network.newest.drop();
  clock.advance(499);
  expect(network.sockets.length).toBe(2);
  clock.advance(1);
  network.newest.open();
  network.newest.say(welcome());
  clock.advance(10_000);
  network.newest.drop();
  clock.advance(250);
  expect(network.sockets.length).toBe(4);
});

test('bye is honoured: not before retryAfter, not even when the page comes into sight', () => {
  goOnline();
  network.newest.say({ op: 'bye', code: 'draining', retryAfter: 1200 });
  network.newest.drop(1012);
  clock.advance(1199);
  connection.nudge();
  expect(network.sockets.length).toBe(1);
  clock.advance(251);
  expect(network.sockets.length).toBe(2);
});

test('A nudge cuts a long wait short', () => {
  connection.start();
  for (let i = 0; i < 8; i++) {
    network.newest.drop();
    clock.advance(15_000);
  }
  const before = network.sockets.length;
  network.newest.drop();
  connection.nudge();
  expect(network.sockets.length).toBe(before + 1);
});

test('A nudge while online asks whether the connection still lives', () => {
  goOnline();
  connection.nudge();
  expect(network.newest.ops()).toEqual(['hello', 'ping']);
  clock.advance(5_000);
  expect(statuses.at(-1)).toBe('waiting');
  expect(network.newest.closed).toBe(true);
});

test('A connection lives while it is heard, and dies when it is not', () => {
  goOnline();
  clock.advance(60_000);
  network.newest.say({ op: 'pong' });
  clock.advance(60_000);
  expect(statuses).toEqual(['online']);
  clock.advance(15_000);
  expect(statuses).toEqual(['online', 'waiting']);
});

test('What is said takes the place of a ping', () => {
  goOnline();
  clock.advance(20_000);
  connection.send(clientFrames.rooms('q1'));
  network.newest.say({ op: 'rooms', rid: 'q1', rooms: [] });
  clock.advance(29_999);
  expect(network.newest.ops()).toEqual(['hello', 'rooms']);
});

test('A gap is mended by a resume on a new connection', () => {
  goOnline();
  verdict = 'gap';
  network.newest.say(post(99));
  expect(network.newest.closed).toBe(true);
  clock.advance(250);
  network.newest.open();
  expect(network.newest.ops()).toEqual(['hello']);
});

test('A socket that was given up is not listened to any more', () => {
  goOnline();
  verdict = 'gap';
  const old = network.newest;
  old.say(post(99));
  const before = accepted.length;
  old.say(post(100));
  old.drop();
  expect(accepted.length).toBe(before);
  clock.advance(250);
  expect(network.sockets.length).toBe(2);
});

test('A server that never says welcome is tried again', () => {
  connection.start();
  network.newest.open();
  clock.advance(15_000);
  expect(network.newest.closed).toBe(true);
  clock.advance(250);
  expect(network.sockets.length).toBe(2);
});

test.each([
  ['the frame', () => network.newest.say({ op: 'error', code: 'login_required', message: '' })],
  ['the close code', () => network.newest.drop(4003)],
])('A login that is required ends the trying: %s', (_, refuse) => {
  connection.start();
  network.newest.open();
  refuse();
  expect(statuses).toEqual(['refused']);
  clock.advance(1_000_000);
  expect(network.sockets.length).toBe(1);
});

describe('judge', () => {
  test.each([[41, 'drop'], [42, 'drop'], [43, 'apply'], [44, 'gap']])('after 42, %i is to %s', (seq, verdict) => {
    expect(judge(42, seq)).toBe(verdict);
  });
});

test('A server says when to return by how long, whatever is done to the clock meanwhile', () => {
  goOnline();
  network.newest.say({ op: 'bye', retryAfter: 2_000 });
  clock.jump(-3_600_000);
  network.newest.drop();
  clock.advance(2_250);
  expect(network.sockets.length).toBe(2);
});
