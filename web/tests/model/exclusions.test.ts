import { expect, test } from 'vitest';
import { applyToExclusions, type Exclusions } from '../../src/model/exclusions';
import type { EventFrame } from '../../src/wire/server-frames';
import type { RoomId, User, UserId } from '../../src/wire/types';

const user = (nick: string): User => ({ id: nick as UserId, nick });
const event = (type: string, nick: string, more = {}) =>
  ({ op: 'ev', room: 'r' as RoomId, seq: 1, ts: 5, from: user('hana'), type, subject: user(nick), ...more }) as unknown as EventFrame;
const nobody: Exclusions = { bans: [], mutes: [], patterns: [] };
const names = ({ bans, mutes }: Exclusions) => [bans.map((one) => one.user.nick), mutes.map((one) => one.user.nick)];

test('Whoever is banned or muted is on the list, once, the newest first, until that is ended', () => {
  const events = [event('ban', 'ken'), event('ban', 'bob', { until: 9 }), event('mute', 'ken'), event('ban', 'ken', { until: 7 })];
  const held = events.reduce(applyToExclusions, nobody);
  expect(names(held)).toEqual([['ken', 'bob'], ['ken']]);
  expect(held.bans[0]).toEqual({ user: user('ken'), by: user('hana'), ts: 5, until: 7 });
  expect(held.mutes[0]).toEqual({ user: user('ken'), by: user('hana'), ts: 5 });
  expect(names(applyToExclusions(held, event('unban', 'ken')))).toEqual([['bob'], ['ken']]);
  expect(names(applyToExclusions(held, event('unmute', 'ken')))).toEqual([['ken', 'bob'], []]);
  expect(applyToExclusions(held, event('kick', 'bob'))).toBe(held);
});

test('A pattern is in its list until it is ended, in whatever case', () => {
  const pattern = (text: string, list = 'ban', on = true) => event('pattern', '', { list, pattern: text, on });
  const held = [pattern('Bar*!*@*'), pattern('Bar*!*@*', 'mute'), pattern('ボブ!*@*')].reduce(applyToExclusions, nobody);
  expect(held.patterns[0]).toEqual({ list: 'ban', pattern: 'Bar*!*@*', by: user('hana'), ts: 5 });
  const texts = ({ patterns }: Exclusions) => patterns.map(({ list, pattern: text }) => `${list} ${text}`);
  expect(texts(held)).toEqual(['ban Bar*!*@*', 'mute Bar*!*@*', 'ban ボブ!*@*']);
  expect(texts(applyToExclusions(held, pattern('bar*!*@*', 'ban', false)))).toEqual(['mute Bar*!*@*', 'ban ボブ!*@*']);
});
