import { expect, test } from 'vitest';
import { forgetRecent } from '../../src/client/recent';
import { KeptList } from '../../src/view/kept-list';
import { MemoryKeys } from '../support/memory-keys';

test('The last touched comes first, once, and no more are kept than asked for', () => {
  const keys = new MemoryKeys();
  const list = new KeptList(keys, 'rooms', 3);
  for (const item of ['a', 'b', 'a', 'c', 'd']) list.touch(item);
  expect(list.items()).toEqual(['d', 'c', 'a']);
  expect(new KeptList(keys, 'rooms', 3).items()).toEqual(['d', 'c', 'a']);
  list.clear();
  expect([...keys.map]).toEqual([]);
});

test('What another tab touched stays, and what was forgotten does not come back', () => {
  const keys = new MemoryKeys();
  const [here, there] = [new KeptList(keys, 'rooms', 9), new KeptList(keys, 'rooms', 9)];
  here.touch('a');
  there.touch('b');
  here.touch('c');
  expect(here.items()).toEqual(['c', 'b', 'a']);
  keys.set('minato.draft.x', 'kept');
  forgetRecent(keys);
  there.touch('d');
  expect(there.items()).toEqual(['d']);
  expect(keys.get('minato.draft.x')).toBe('kept');
});

test.each(['', '{', '{"a":1}', '[1,null,"a"]', 'null'])('%j in its place breaks nothing', (text) => {
  const keys = new MemoryKeys();
  keys.set('minato.recent.rooms', text);
  const list = new KeptList(keys, 'rooms', 9);
  expect(list.items().every((item) => typeof item === 'string')).toBe(true);
  list.touch('b');
  expect(list.items()[0]).toBe('b');
});
