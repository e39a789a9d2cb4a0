import { expect, test } from 'vitest';
import { came, down, followed, grown, mounted, newest, up, visible, type Window } from '../../src/model/window';
import type { Message } from '../../src/wire/types';
import { post } from '../support/frames';

/** Seqs 10, 20, … so that a seq is never mistaken for an index. */
const messages = (count: number): Message[] => Array.from({ length: count }, (_, i) => post((i + 1) * 10));
const range = (all: readonly Message[], window: Window) => {
  const shown = visible(all, window);
  return [shown[0]!.seq, shown.at(-1)!.seq, shown.length];
};

test('At first the newest hundred are mounted', () => {
  expect(range(messages(1000), newest(messages(1000)))).toEqual([9010, 10000, 100]);
  expect(range(messages(5), newest(messages(5)))).toEqual([10, 50, 5]);
});

test('Going up mounts older ones and never more than the bound', () => {
  const all = messages(1000);
  let window = newest(all);
  for (let i = 0; i < 60; i++) {
    window = up(all, window, mounted.many);
    expect(visible(all, window).length).toBeLessThanOrEqual(mounted.most);
  }
  expect(range(all, window)).toEqual([10, 4000, 400]);
});

test('Going down ends at the newest, live again', () => {
  const all = messages(1000);
  let window: Window = { top: 10, bottom: 4000 };
  for (let i = 0; i < 60; i++) window = down(all, window, mounted.many);
  expect(range(all, window)).toEqual([6010, 10000, 400]);
  expect(window.bottom).toBe(Infinity);
});

test('A reader at the end keeps the newest; one further up keeps what they read', () => {
  const all = messages(401);
  const window: Window = { top: 10, bottom: Infinity };
  expect(range(all, grown(all, window, true))).toEqual([20, 4010, 400]);
  expect(range(all, grown(all, window, false))).toEqual([10, 4000, 400]);
  expect(grown(messages(400), window, true)).toBe(window);
});

test('History that arrives is mounted as one goes up, and at once where nothing was', () => {
  const all = messages(300);
  const window = newest(all.slice(250));
  expect(range(all, grown(all, window, false))).toEqual([2510, 3000, 50]);
  expect(range(all, up(all, window, mounted.few))).toEqual([2430, 3000, 58]);
  expect(range(all, grown(all, newest([]), false))).toEqual([2010, 3000, 100]);
});

test('What came is counted by what is newer, not by what there is more of', () => {
  const all = messages(300);
  expect(came(all, all.slice(0, 280))).toBe(20);
  expect(came(all, all.slice(100))).toBe(0);
  expect(came(all.slice(200), all.slice(0, 250))).toBe(50);
  expect(came(all, [])).toBe(0);
});

test('Where the end is followed what is above enough of them goes, some at a time', () => {
  const window: Window = { top: 10, bottom: Infinity };
  expect(followed(messages(124), window, 100)).toBe(window);
  expect(range(messages(125), followed(messages(125), window, 100))).toEqual([260, 1250, 100]);
  expect(range(messages(400), followed(messages(400), window, 100))).toEqual([260, 4000, 375]);
  expect(followed(messages(400), window, Infinity)).toBe(window);
});
