import { expect, test } from 'vitest';
import { startsDay, startsGroup } from '../../src/model/grouping';
import { me, other } from '../support/frames';

const noon = new Date(2025, 10, 20, 12).getTime();
const by = (id: typeof me, ts: number) => ({ ts, from: { id } });

test('The first message starts a day and a group', () => {
  expect([startsDay(undefined, by(me, noon)), startsGroup(undefined, by(me, noon))]).toEqual([true, true]);
});

test('The same author within five minutes goes on', () => {
  expect(startsGroup(by(me, noon), by(me, noon + 299_999))).toBe(false);
  expect(startsGroup(by(me, noon), by(me, noon + 300_000))).toBe(true);
});

test('Another author starts a group', () => {
  expect(startsGroup(by(me, noon), by(other, noon + 1))).toBe(true);
});

test('Midnight where the reader is starts a day and a group', () => {
  const midnight = new Date(2025, 10, 21).getTime();
  expect(startsDay(by(me, midnight - 1), by(me, midnight))).toBe(true);
  expect(startsGroup(by(me, midnight - 1), by(me, midnight))).toBe(true);
  expect(startsDay(by(me, midnight), by(me, midnight + 1))).toBe(false);
});
