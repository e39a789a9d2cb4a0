import assert from 'node:assert/strict';
import test from 'node:test';
import { RestartPace } from '../src/running/pace.js';

test('pauses double, with up to a half less by chance', () => {
  const pace = new RestartPace(0);
  assert.deepEqual([1, 2, 3].map((now) => pace.ended(now, 0)), [100, 200, 400]);
  assert.equal(pace.ended(4, 1), 400);
});

test('the fifth restart within a minute is the last', () => {
  const pace = new RestartPace(0);
  assert.deepEqual([1, 2, 3, 4, 5].map((now) => pace.ended(now, 0) !== null), [true, true, true, true, true]);
  assert.equal(pace.ended(60_000, 0), null);
});

test('after a minute the budget is whole again', () => {
  const pace = new RestartPace(0);
  for (const now of [1, 2, 3, 4, 5]) pace.ended(now, 0);
  assert.notEqual(pace.ended(60_005, 0), null);
});

test('who ran for ten seconds begins with the first pause', () => {
  const pace = new RestartPace(0);
  pace.ended(1, 0);
  pace.started(2);
  assert.equal(pace.ended(10_001, 0), 200);
  pace.started(10_002);
  assert.equal(pace.ended(20_002, 0), 100);
});

test('no pause is longer than ten seconds, however often it does not start', () => {
  const pace = new RestartPace(0);
  const pauses = Array.from({ length: 9 }, (_, i) => pace.ended(i * 13_000, 0));
  assert.deepEqual(pauses, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
});
