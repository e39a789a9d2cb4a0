import { expect, test } from 'vitest';
import { Drafts } from '../../src/client/drafts';
import { Typing } from '../../src/client/typing';
import type { RoomId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { MemoryKeys } from '../support/memory-keys';

const [lobby, garden] = ['lobby', 'garden'] as RoomId[] as [RoomId, RoomId];

test('The others are told that one writes, at most every three seconds in a room', () => {
  const clock = new FakeClock();
  const told: string[] = [];
  const typing = new Typing(clock, ({ room }) => (told.push(room), true));
  typing.changed(lobby, 'a');
  clock.advance(2_999);
  typing.changed(lobby, 'ab');
  typing.changed(garden, 'a');
  expect(told).toEqual([lobby, garden]);
  clock.advance(1);
  typing.changed(lobby, 'abc');
  expect(told).toEqual([lobby, garden, lobby]);
});

test('A command, an empty field and a lost connection tell nobody; what is said makes the next one news', () => {
  const told: string[] = [];
  let online = false;
  const typing = new Typing(new FakeClock(), ({ room }) => online && told.push(room) > 0);
  typing.changed(lobby, 'hello');
  online = true;
  for (const text of ['', '  ', '/topic x', '/']) typing.changed(lobby, text);
  expect(told).toEqual([]);
  typing.changed(lobby, '//x');
  typing.changed(lobby, '//xy');
  expect(told).toEqual([lobby]);
  typing.said(lobby);
  typing.changed(lobby, 'n');
  expect(told).toEqual([lobby, lobby]);
});

test('Two pages do not take each other’s drafts', () => {
  const keys = new MemoryKeys();
  const [one, two] = [new Drafts(keys), new Drafts(keys)];
  for (const page of [one, two]) page.load(lobby);
  two.save(lobby, 'o');
  one.save(lobby, 'a long text');
  two.save(lobby, '');
  expect([keys.get(`minato.draft.${lobby}`), two.has(lobby)]).toEqual(['a long text', true]);
  // Written over and said: the first page has it still, and so has whoever reloads it.
  two.save(lobby, 'ok');
  two.save(lobby, '');
  one.flush();
  expect(new Drafts(keys).load(lobby)).toBe('a long text');
  two.save(lobby, 'ok');
  two.save(lobby, '');
  one.leave(lobby);
  expect(one.load(lobby)).toBe('a long text');
  // What was only looked at, and said by another page meanwhile, does not come back.
  two.load(lobby);
  two.save(lobby, '');
  one.leave(lobby);
  one.flush();
  expect(one.load(lobby)).toBe('');
});

test('What was typed before somebody logged out is not written again when the page goes', () => {
  const keys = new MemoryKeys();
  const drafts = new Drafts(keys);
  drafts.save(lobby, 'half a');
  drafts.forget();
  drafts.leave(lobby);
  drafts.flush();
  expect(keys.map.size).toBe(0);
});

test('A draft is there after a reload, marked where it waits, and gone with what was sent or who logs out', () => {
  const keys = new MemoryKeys();
  const drafts = new Drafts(keys);
  drafts.save(lobby, 'half a');
  drafts.save(garden, 'x');
  drafts.save(garden, '');
  drafts.save(garden, 'in a thread', 7);
  const later = new Drafts(keys);
  expect([later.load(lobby), later.load(garden), later.load(garden, 7)]).toEqual(['half a', '', 'in a thread']);
  expect([later.has(lobby), later.has(garden)]).toEqual([true, false]);
  later.forget();
  expect([later.has(lobby), later.load(lobby), later.load(garden, 7), keys.keys()]).toEqual([false, '', '', []]);
});
