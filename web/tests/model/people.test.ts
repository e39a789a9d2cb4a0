import { describe, expect, test } from 'vitest';
import { apply } from '../../src/model/events/apply';
import { knownPeople } from '../../src/model/known-people';
import { applyToMembers } from '../../src/model/members';
import { silence } from '../../src/model/rights';
import { enter } from '../../src/model/room';
import type { EventFrame } from '../../src/wire/server-frames';
import type { Member, UserId } from '../../src/wire/types';
import { info, lobby, me, other, post } from '../support/frames';

const alice = { id: me, nick: 'alice' };
const bob = { id: other, nick: 'bob' };
const cho = { id: 'cho-id' as UserId, nick: 'cho' };
const from = (user: typeof alice) => ({ op: 'ev', room: lobby, seq: 11, ts: 1, from: user }) as const;

describe('An open list of members', () => {
  const held: readonly Member[] = [{ user: alice, role: 'owner' }, { user: bob, role: 'member' }];
  const after = (event: EventFrame) => applyToMembers(held, event).map(({ user, role }) => `${user.nick} ${role}`);

  test('follows who comes and goes', () => {
    expect(after({ ...from(cho), type: 'join' })).toEqual(['alice owner', 'bob member', 'cho member']);
    expect(after({ ...from(bob), type: 'leave' })).toEqual(['alice owner']);
    expect(after({ ...from(alice), type: 'leave', heir: bob })).toEqual(['bob owner']);
    expect(after({ ...from(alice), type: 'kick', subject: bob })).toEqual(['alice owner']);
    expect(after({ ...from(alice), type: 'ban', subject: bob })).toEqual(['alice owner']);
  });

  test('follows roles, and keeps the places', () => {
    expect(after({ ...from(alice), type: 'role', subject: bob, role: 'moderator' })).toEqual(['alice owner', 'bob moderator']);
    expect(after({ ...from(alice), type: 'transfer', subject: bob })).toEqual(['alice moderator', 'bob owner']);
  });

  test('is the same after what is about something else', () => {
    expect(applyToMembers(held, post(11))).toBe(held);
    expect(applyToMembers(held, { ...from(alice), type: 'mute', subject: bob })).toBe(held);
  });
});

test('Whom one may mean is who spoke last, then who shares a direct room, and never oneself', () => {
  const room = [post(11, { from: bob, ts: 5 }), post(12, { from: alice, ts: 6 }), post(13, { from: cho, ts: 7 })].reduce((room, event) => apply(room, event, me), enter(info()));
  const dan = { id: 'dan-id' as UserId, nick: 'dan' };
  const direct = enter(info({ kind: 'direct', users: [alice, bob, dan] }));
  expect(knownPeople([direct, room], me).map((user) => user.nick)).toEqual(['cho', 'bob', 'dan']);
});

test('Whoever is muted knows it from its event on, until it is over or ended', () => {
  const mute = (until?: number): EventFrame => ({ ...from(bob), type: 'mute', subject: alice, until });
  const said = (room: ReturnType<typeof enter>, now: number) => silence(room, null, undefined, now);
  const muted = apply(enter(info()), mute(1_000), me);
  expect([said(muted, 999), said(muted, 1_000)]).toEqual(['muted', null]);
  expect(said(apply(enter(info()), mute(), me), Number.MAX_SAFE_INTEGER)).toBe('muted');
  expect(said(apply(muted, { ...from(bob), type: 'unmute', subject: alice }, me), 0)).toBeNull();
  expect(said(apply(enter(info()), { ...from(bob), type: 'mute', subject: cho }, me), 0)).toBeNull();
});

test('One does not write to whom one has blocked, but goes on in a conversation of more', () => {
  const blocks = (user: UserId) => user === other;
  const direct = (...users: (typeof alice)[]) => enter(info({ kind: 'direct', slug: undefined, users }));
  expect(silence(direct(alice, bob), null, blocks)).toBe('blocked');
  expect(silence(direct(alice, cho), null, blocks)).toBeNull();
  expect(silence(direct(alice, bob, cho), null, blocks)).toBeNull();
  expect(silence(enter(info()), null, blocks)).toBeNull();
});
