import { beforeEach, expect, test } from 'vitest';
import { Searcher } from '../../src/client/searcher';
import type { ErrorFrame, SearchFrame } from '../../src/wire/server-frames';
import type { Hit, RoomId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';

interface Asked { readonly query: string; readonly room?: RoomId; readonly before?: number }

let clock: FakeClock;
let asked: Asked[];
let answers: ((answer: SearchFrame | ErrorFrame) => void)[];
let searcher: Searcher;

beforeEach(() => {
  clock = new FakeClock();
  asked = [];
  answers = [];
  searcher = new Searcher((query, where) => {
    asked.push({ query, ...where });
    return new Promise((resolve) => answers.push(resolve));
  }, clock);
});

const room = 'room' as RoomId;
const hit = (seq: number): Hit => ({ room, message: { seq, post: seq, ts: seq, from: { id: 'u' as Hit['message']['from']['id'], nick: 'u' } }, snippet: [] });
const page = (seqs: readonly number[], more: Partial<SearchFrame> = {}): SearchFrame => ({ op: 'search', complete: true, rooms: [], results: seqs.map(hit), ...more });
const answer = async (frame: SearchFrame | ErrorFrame) => {
  answers.shift()!(frame);
  for (let turns = 0; turns < 5; turns++) await Promise.resolve();
};
const seqs = () => searcher.found().hits.map(({ message }) => message.seq);
const type = (query: string, where?: RoomId) => {
  searcher.look(query, where);
  clock.advance(250);
};

test('It asks when typing has paused, once', () => {
  for (const typed of ['m', 'mi', 'minato']) {
    searcher.look(typed);
    clock.advance(249);
  }
  expect(asked).toEqual([]);
  clock.advance(1);
  expect(asked).toEqual([{ query: 'minato' }]);
  expect(searcher.busy()).toBe(true);
});

test('White space asks nothing, and the same again asks nothing anew', async () => {
  type('  ');
  expect([asked, searcher.busy()]).toEqual([[], false]);
  type('minato');
  await answer(page([3, 2]));
  type(' minato ');
  expect(asked).toHaveLength(1);
  expect([seqs(), searcher.busy()]).toEqual([[3, 2], false]);
  type('minato', room);
  expect(asked.at(-1)).toEqual({ query: 'minato', room });
});

test('Only the newest answer counts, and one question is under way at a time', async () => {
  type('a');
  type('b');
  type('c');
  expect(asked.map(({ query }) => query)).toEqual(['a']);
  await answer(page([1]));
  expect(asked.map(({ query }) => query)).toEqual(['a', 'c']);
  expect(seqs()).toEqual([]);
  await answer(page([9]));
  expect([seqs(), searcher.busy(), searcher.found().wanted?.query]).toEqual([[9], false, 'c']);
});

test('An answer that comes while one types does not cut the pause short', async () => {
  type('a');
  searcher.look('ab');
  await answer(page([1]));
  expect(asked).toHaveLength(1);
  clock.advance(250);
  expect(asked.map(({ query }) => query)).toEqual(['a', 'ab']);
});

test('Nor does one that comes after a pause, when one types again', async () => {
  type('a');
  type('ab');
  searcher.look('abc');
  await answer(page([1]));
  expect(asked).toHaveLength(1);
  clock.advance(250);
  expect(asked.map(({ query }) => query)).toEqual(['a', 'abc']);
});

test('What was emptied shows nothing, whatever comes then', async () => {
  type('a');
  searcher.look('');
  await answer(page([1]));
  expect([seqs(), searcher.busy()]).toEqual([[], false]);
});

test('The next page is added behind', async () => {
  type('a');
  await answer(page([9, 8], { next: 8 }));
  void searcher.more();
  void searcher.more();
  expect(asked).toEqual([{ query: 'a' }, { query: 'a', before: 8 }]);
  await answer(page([3]));
  expect([seqs(), searcher.found().next]).toEqual([[9, 8, 3], undefined]);
  await searcher.more();
  expect(asked).toHaveLength(2);
});

test('Empty pages are passed, and after five the person is asked', async () => {
  type('a');
  for (let n = 5; n > 0; n--) await answer(page([], { next: n }));
  expect([asked.length, searcher.busy(), searcher.found().next]).toEqual([5, false, 1]);
  void searcher.more();
  await answer(page([1]));
  expect(asked.at(-1)).toEqual({ query: 'a', before: 1 });
  expect(seqs()).toEqual([1]);
});

test('An index that is not whole is said until all pages were of a whole one', async () => {
  type('a');
  await answer(page([2], { next: 2, complete: false }));
  void searcher.more();
  await answer(page([1]));
  expect(searcher.found().complete).toBe(false);
});

test('An error keeps what was found, and can be tried again', async () => {
  type('a');
  await answer({ op: 'error', code: 'bad_query', message: '' });
  expect([searcher.found().error?.code, searcher.busy()]).toEqual(['bad_query', false]);
  searcher.now();
  await answer(page([1], { next: 1 }));
  expect([seqs(), searcher.found().error]).toEqual([[1], null]);
  void searcher.more();
  await answer({ op: 'error', code: 'storage_away', message: '' });
  expect([seqs(), searcher.found().error?.code]).toEqual([[1], 'storage_away']);
  void searcher.more();
  expect(asked.at(-1)).toEqual({ query: 'a', before: 1 });
});
