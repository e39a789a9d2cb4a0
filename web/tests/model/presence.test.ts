import { beforeEach, expect, test } from 'vitest';
import { Presence } from '../../src/model/people/presence';
import type { PresenceFrame, WhoFrame } from '../../src/wire/server-frames';
import type { RoomId, User, UserId } from '../../src/wire/types';
import { lobby } from '../support/frames';

const user = (nick: string): User => ({ id: nick as UserId, nick });
const [ana, bob, cho] = ['ana', 'bob', 'cho'].map(user) as [User, User, User];

interface Question { readonly room: RoomId; readonly answer: (here: readonly User[], count?: number) => Promise<void> }
let questions: Question[];
let presence: Presence;

beforeEach(() => {
  questions = [];
  presence = new Presence((room) => new Promise<WhoFrame>((resolve) => {
    questions.push({ room, answer: async (here, count = here.length) => (resolve({ op: 'who', room, here, count }), await Promise.resolve()) });
  }));
});

const told = (arrived: readonly User[], left: readonly User[], count: number): PresenceFrame => ({ op: 'eph', type: 'presence', room: lobby, arrived, left, count });
const counted = (count: number) => ({ op: 'eph', type: 'presence', room: lobby, count }) as const;
const here = () => [...(presence.of(lobby)?.people?.keys() ?? [])].join(' ');

test('A room is asked about once when it is looked at, and what is told keeps it true', async () => {
  presence.look(lobby);
  presence.look(lobby);
  expect(questions).toHaveLength(1);
  expect(presence.of(lobby)).toBeUndefined();
  await questions[0]!.answer([ana, bob]);
  expect(presence.isHere(lobby, ana.id)).toBe(true);
  presence.told(told([cho], [ana, user('whoever')], 2));
  expect(here()).toBe('bob cho');
  expect(presence.of(lobby)!.count).toBe(2);
});

test('What is told of a room that nobody has looked at is not held', () => {
  presence.told(told([ana], [], 1));
  presence.told(counted(3));
  expect(presence.of(lobby)).toBeUndefined();
  expect(questions).toHaveLength(0);
});

test('What is told while the answer is on its way is not lost', async () => {
  presence.look(lobby);
  presence.told(told([bob], [ana], 1));
  await questions[0]!.answer([ana]);
  expect(here()).toBe('bob');
});

test('A count without names says that something was lost: it is asked again, where somebody looks', async () => {
  const end = presence.look(lobby);
  await questions[0]!.answer([ana]);
  expect(presence.told(counted(2))).toBe('lost');
  expect(here()).toBe('ana');
  await questions[1]!.answer([bob, cho]);
  expect(here()).toBe('bob cho');
  end();
  presence.told(counted(1));
  expect(questions).toHaveLength(2);
  expect(presence.of(lobby)).toBeUndefined();
  presence.look(lobby);
  expect(questions).toHaveLength(3);
});

test('An answer that was overtaken by a loss says nothing', async () => {
  presence.look(lobby);
  presence.told(counted(1));
  await questions[0]!.answer([ana]);
  expect(here()).toBe('');
  await questions[1]!.answer([bob]);
  expect(here()).toBe('bob');
});

test('Above five hundred it is a count, and names come back with fewer', async () => {
  presence.look(lobby);
  await questions[0]!.answer([ana], 501);
  expect(presence.of(lobby)).toEqual({ count: 501, people: null });
  expect(presence.told(counted(700))).toBe('told');
  expect(questions).toHaveLength(1);
  expect(presence.of(lobby)).toEqual({ count: 700, people: null });
  presence.told(told([bob], [], 499));
  await questions[1]!.answer([bob]);
  expect(here()).toBe('bob');
});

test('A new connection asks again for what is looked at, and knows nothing of the rest', async () => {
  presence.look(lobby)();
  presence.look('garden' as RoomId);
  await questions[0]!.answer([ana]);
  presence.begin();
  expect(here()).toBe('');
  expect(questions.map(({ room }) => room)).toEqual([lobby, 'garden', 'garden']);
  await questions[1]!.answer([ana]);
  expect(presence.of('garden' as RoomId)).toBeUndefined();
});

test('No more rooms are glanced at than one may ask about, and names of few hundred are held', async () => {
  for (let i = 0; i < 60; i++) presence.glance(`r${i}` as RoomId);
  expect(questions).toHaveLength(40);
  for (let i = 100; i < 400; i++) {
    presence.look(`r${i}` as RoomId)();
    await questions.at(-1)!.answer([ana]);
  }
  expect(presence.of('r399' as RoomId)).toBeDefined();
  expect(presence.of('r199' as RoomId)).toBeUndefined();
});
