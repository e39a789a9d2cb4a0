import { beforeEach, expect, test } from 'vitest';
import { Heartbeat } from '../../src/connection/heartbeat';
import { FakeClock } from '../support/fake-clock';

let clock: FakeClock;
let pings: number;
let deaths: number;
let heartbeat: Heartbeat;

beforeEach(() => {
  clock = new FakeClock();
  pings = deaths = 0;
  heartbeat = new Heartbeat(clock, { interval: 30_000, timeout: 75_000 }, () => pings++, () => deaths++);
});

test('A silent client pings once an interval', () => {
  clock.advance(29_999);
  expect(pings).toBe(0);
  clock.advance(1);
  expect(pings).toBe(1);
  clock.advance(30_000);
  expect(pings).toBe(2);
});

test('A client that speaks and is spoken to does not ping', () => {
  clock.advance(20_000);
  heartbeat.said();
  heartbeat.heard();
  clock.advance(29_999);
  expect(pings).toBe(0);
  clock.advance(1);
  expect(pings).toBe(1);
});

test('A client that says much to which there is no answer pings all the same', () => {
  for (let second = 0; second < 30; second++) {
    heartbeat.said();
    clock.advance(1_000);
  }
  expect(pings).toBe(1);
});

test('A connection on which nothing is heard for the timeout is dead', () => {
  clock.advance(74_999);
  expect(deaths).toBe(0);
  clock.advance(1);
  expect(deaths).toBe(1);
});

test('Whatever is heard puts death off, by the whole timeout', () => {
  clock.advance(60_000);
  heartbeat.heard();
  clock.advance(74_999);
  expect(deaths).toBe(0);
  clock.advance(1);
  expect(deaths).toBe(1);
});

test('A probe that is not answered within five seconds is death', () => {
  heartbeat.probe();
  expect(pings).toBe(1);
  clock.advance(5_000);
  expect(deaths).toBe(1);
});

test('A probe that is answered leaves the connection as it was', () => {
  clock.advance(10_000);
  heartbeat.probe();
  clock.advance(50);
  heartbeat.heard();
  clock.advance(74_999);
  expect(deaths).toBe(0);
  clock.advance(1);
  expect(deaths).toBe(1);
});

test('An answer within the same millisecond is an answer', () => {
  heartbeat.probe();
  heartbeat.heard();
  clock.advance(74_999);
  expect(deaths).toBe(0);
});

test('A stopped heartbeat neither pings nor dies', () => {
  heartbeat.stop();
  clock.advance(1_000_000);
  expect([pings, deaths]).toEqual([0, 0]);
});

test.each([-3_600_000, 3_600_000])('A clock that is set by %d ms neither keeps it quiet nor ends it', (jump) => {
  clock.advance(10_000);
  heartbeat.said();
  heartbeat.heard();
  clock.jump(jump);
  clock.advance(29_999);
  expect(pings).toBe(0);
  clock.advance(1);
  expect(pings).toBe(1);
  clock.advance(44_999);
  expect(deaths).toBe(0);
  clock.advance(1);
  expect(deaths).toBe(1);
});
