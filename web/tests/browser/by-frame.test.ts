import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ByFrame } from '../../src/browser/by-frame';

const page = { hidden: false };
let painting: Map<number, () => void>;
let asked: number;
let now: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [painting, asked, now, page.hidden] = [new Map(), 0, 0, false];
  vi.stubGlobal('document', page);
  vi.stubGlobal('performance', { now: () => now });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => (painting.set(++asked, run), asked));
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => painting.delete(frame));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function paint(): void {
  const due = [...painting.values()];
  painting.clear();
  due.forEach((run) => run());
}

/** Takes what is handed on, each for so many milliseconds. */
function taking(milliseconds: number) {
  const handed: string[] = [];
  const frames = new ByFrame<string>((item) => {
    handed.push(item);
    now += milliseconds;
  });
  return { frames, handed };
}

test('What comes first is handed on at once, and what comes before the next frame then, together', () => {
  const { frames, handed } = taking(0);
  frames.push('a');
  expect(handed).toEqual(['a']);
  frames.push('b');
  frames.push('c');
  expect(handed).toEqual(['a']);
  paint();
  expect(handed).toEqual(['a', 'b', 'c']);
  vi.advanceTimersByTime(0);
  frames.push('d');
  expect(handed.length).toBe(3);
  paint();
  vi.advanceTimersByTime(0);
  paint();
  frames.push('e');
  expect(handed).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test.for([[1, 60], [3, 180], [30, 250]] as const)('After %i that took 20 ms each it rests for %i ms', ([count, rest]) => {
  const { frames, handed } = taking(20);
  frames.push('at once');
  for (let n = 0; n < count; n++) frames.push(`${n}`);
  paint();
  expect(handed.length).toBe(1 + count);
  vi.advanceTimersByTime(0);
  frames.push('waits');
  vi.advanceTimersByTime(rest - 1);
  expect(painting.size).toBe(0);
  vi.advanceTimersByTime(1);
  expect(handed.length).toBe(1 + count);
  paint();
  expect(handed.at(-1)).toBe('waits');
});

test('Where nothing is painted it is handed on all the same, and at once to a page that nobody sees', () => {
  const { frames, handed } = taking(0);
  frames.push('a');
  frames.push('b');
  vi.advanceTimersByTime(50);
  expect(handed).toEqual(['a', 'b']);
  page.hidden = true;
  frames.push('c');
  frames.push('d');
  expect(handed).toEqual(['a', 'b', 'c', 'd']);
});

test('One that fails is lost alone', () => {
  const handed: string[] = [];
  const frames = new ByFrame<string>((item) => {
    if (item === 'bad') throw new Error(item);
    handed.push(item);
  });
  frames.push('a');
  frames.push('bad');
  expect(paint).toThrow('bad');
  vi.advanceTimersByTime(0);
  frames.push('b');
  paint();
  expect(handed).toEqual(['a', 'b']);
});
