import { beforeEach, expect, test } from 'vitest';
import { Typists } from '../../src/model/people/typists';
import type { RoomId, User, UserId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { lobby, me } from '../support/frames';

const user = (id: string): User => ({ id: id as UserId, nick: id });
const garden = 'garden' as RoomId;
let clock: FakeClock;
let blocked: Set<string>;
let typists: Typists;

beforeEach(() => {
  clock = new FakeClock();
  blocked = new Set([me]);
  typists = new Typists(clock, (id) => blocked.has(id));
});

const told = (room: RoomId, ...ids: string[]) => typists.told({ op: 'eph', type: 'typing', room, users: ids.map(user) });
const names = (room = lobby) => typists.in(room).map(({ nick }) => nick).join(' ');

test('Who writes is forgotten six seconds after they last did', () => {
  told(lobby, 'ana');
  clock.advance(3_000);
  told(lobby, 'bob', 'ana');
  told(garden, 'cho');
  clock.advance(5_999);
  expect(names()).toBe('ana bob');
  clock.advance(1);
  expect(names()).toBe('');
  expect(names(garden)).toBe('');
});

test('A clock that is set makes nobody write for longer', () => {
  told(lobby, 'ana');
  clock.jump(-3_600_000);
  clock.advance(6_000);
  expect(names()).toBe('');
});

test('Who has posted writes no more, in that room', () => {
  told(lobby, 'ana', 'bob');
  told(garden, 'ana');
  typists.wrote(lobby, 'ana' as UserId);
  expect(names()).toBe('bob');
  expect(names(garden)).toBe('ana');
});

test('Oneself and whom one has blocked are left out, and told of again after that', () => {
  told(lobby, me, 'ana', 'bob');
  blocked.add('ana');
  expect(names()).toBe('bob');
  blocked.delete('ana');
  expect(names()).toBe('ana bob');
});

test('No more are held than the server names at once', () => {
  told(lobby, ...Array.from({ length: 30 }, (_, i) => `u${i}`));
  expect(typists.in(lobby)).toHaveLength(20);
});
