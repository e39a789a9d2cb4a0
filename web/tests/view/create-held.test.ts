import { createEffect, createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enter, type Room } from '../../src/model/room';
import { createHeld, type Held } from '../../src/view/room/create-held';
import { info, post } from '../support/frames';

const screenful = 30;
let now: number;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('performance', { now: () => now });
  now = 0;
});

afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A room of one message, in which making a line takes so many milliseconds. */
function looking(milliseconds: number) {
  return createRoot((dispose) => {
    end = dispose;
    const [room, setRoom] = createSignal<Room>({ ...enter(info()), messages: [post(1)] });
    let [last, isPatient] = [1, true];
    const held = createHeld(room, () => isPatient, () => screenful);
    createEffect((before: number) => {
      const count = held.coming().length;
      now += Math.max(count - before, 0) * milliseconds;
      return count;
    }, 0);
    const come = (count: number) => setRoom((room) => ({ ...room, messages: [...room.messages, ...Array.from({ length: count }, () => post(++last))] }));
    return { held, room, setRoom, come, impatient: () => (isPatient = false) };
  });
}

const shown = ({ room }: Held) => room().messages.length;
const made = ({ coming }: Held) => coming().map(({ seq }) => seq);
const seqs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('A few are shown at once, and so is whatever brings no message', () => {
  const { held, setRoom, come, room } = looking(3);
  come(4);
  expect(shown(held)).toBe(5);
  setRoom((room) => ({ ...room, topic: 'the harbour' }));
  expect(held.room()).toBe(room());
  expect(vi.getTimerCount()).toBe(0);
});

test('Of many the lines are made while others go first, then all are shown together', () => {
  const { held, come } = looking(3);
  come(20);
  expect([shown(held), made(held)]).toEqual([1, []]);
  const steps: number[] = [];
  while (shown(held) === 1) {
    vi.advanceTimersToNextTimer();
    if (shown(held) === 1) steps.push(made(held).length);
  }
  // Two take six milliseconds: no more are made before keys are heard.
  expect(steps).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect([shown(held), made(held)]).toEqual([21, []]);
});

test('A fast processor makes them in one go', () => {
  const { held, come } = looking(0.1);
  come(20);
  vi.advanceTimersToNextTimer();
  expect(shown(held)).toBe(21);
});

test('Of what goes by unseen no lines are made', () => {
  const { held, come } = looking(3);
  come(100);
  let last: number[] = [];
  while (shown(held) === 1) {
    last = made(held);
    vi.advanceTimersToNextTimer();
  }
  expect(last).toEqual(seqs(101 - screenful + 1, 99));
  expect(shown(held)).toBe(101);
});

test.for([[3, 180], [10, 500]] as const)('What took 20 × %i ms to make stays for %i ms, then comes what came meanwhile', ([line, stay]) => {
  const { held, come } = looking(line);
  const count = 20;
  come(count);
  vi.advanceTimersToNextTimer();
  come(2);
  while (shown(held) === 1) vi.advanceTimersToNextTimer();
  expect(shown(held)).toBe(count + 1);
  vi.advanceTimersByTime(stay - 1);
  expect(shown(held)).toBe(count + 1);
  vi.advanceTimersByTime(1);
  expect(shown(held)).toBe(count + 3);
  expect(vi.getTimerCount()).toBe(0);
});

test('What may not wait is shown with all that did', () => {
  const { held, come, impatient } = looking(3);
  come(20);
  vi.advanceTimersToNextTimer();
  impatient();
  come(1);
  expect([shown(held), made(held)]).toEqual([22, []]);
  expect(vi.getTimerCount()).toBe(0);
});

test('A part of the log apart is shown at once, and so is all of it when somebody asks', () => {
  const { held, room, setRoom, come } = looking(3);
  come(20);
  setRoom((room) => ({ ...room, excerpt: { messages: [post(1)], floor: 1, end: 1 } }));
  expect(held.room()).toBe(room());
  setRoom((room) => ({ ...room, excerpt: null }));
  come(20);
  vi.advanceTimersToNextTimer();
  held.catchUp();
  expect([held.room(), made(held)]).toEqual([room(), []]);
  expect(vi.getTimerCount()).toBe(0);
});
