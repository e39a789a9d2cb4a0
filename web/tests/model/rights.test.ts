import { describe, expect, test } from 'vitest';
import matrix from '../../../tests/matrix/rights.txt?raw';
import { keepsOrder, mayArchive, mayBan, mayGive, mayInvite, mayLeave, mayRename, mayTouch, mayTransfer, mayWriteTopic, moderates, owns, silence } from '../../src/model/rights';
import { messageRights } from '../../src/model/message-rights';
import { enter } from '../../src/model/room';
import type { UserId } from '../../src/wire/types';
import { info } from '../support/frames';

type Standing = 'outsider' | 'member' | 'speaker' | 'helper' | 'moderator' | 'owner' | 'admin' | 'admin member';

const standings: Record<Standing, { readonly member: boolean; readonly role?: string; readonly server?: string }> = {
  outsider: { member: false },
  member: { member: true },
  speaker: { member: true, role: 'speaker' },
  helper: { member: true, role: 'helper' },
  moderator: { member: true, role: 'moderator' },
  owner: { member: true, role: 'owner' },
  admin: { member: false, server: 'admin' },
  'admin member': { member: true, server: 'owner' },
};

const people = ['a', 'b', 'c'].map((nick) => ({ id: nick as UserId, nick }));

const kinds = {
  public: { kind: 'public', slug: 'den' },
  announcements: { kind: 'public', slug: 'den', posting: 'moderators' },
  'by invitation': { kind: 'public', slug: 'den', restrict: ['invite_only'] },
  'topic locked': { kind: 'public', slug: 'den', restrict: ['topic_locked'] },
  private: { kind: 'private', slug: 'den' },
  direct: { kind: 'direct', slug: undefined, users: people.slice(0, 2) },
  group: { kind: 'direct', slug: undefined, users: people },
} as const;

/** Actions that somebody of this standing is allowed in this kind of room, at least sometimes. */
function allowed(kind: string, standing: string): Set<string> {
  const section = sections.get(kind)!;
  const row = section.rows.get(standing);
  const base = section.like === null ? new Set<string>() : allowed(section.like, standing);
  for (const word of row ?? []) {
    const [action = '', refusal] = word.replace('?', '').split('=');
    if (refusal === undefined) base.add(action);
    else base.delete(action);
  }
  return base;
}

const sections = new Map(matrix.split(/^\[/mu).slice(1).map((part) => {
  const [head = '', ...lines] = part.split('\n');
  const [name = '', like = null] = head.replace(/\].*/u, '').split(' like ');
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim())).filter((cells) => cells.length === 3);
  return [name, { like, rows: new Map(rows.map(([who = '', , acts = '']) => [who, acts.split(' ').filter(Boolean)])) }];
}));

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('in a room that is %s, what the page offers is what the table allows', (kind) => {
  const rows = [...allowedStandings(kind)];
  test.each(rows)('to one who is %s', (standing) => {
    const { member, role, server } = standings[standing];
    const room = enter(info({ ...kinds[kind], member, role }));
    const you = { role: server };
    const may = allowed(kind, standing);
    const own = messageRights(room, you, { isMine: true, isThere: true });
    const others = messageRights(room, you, { isMine: false, isThere: true });
    expect({
      SetTopic: mayWriteTopic(room, you), Invite: mayInvite(room, you), MakeLink: mayInvite(room, you),
      SetTitle: moderates(room, you), SetSlug: mayRename(room, you), SetSlowMode: moderates(room, you), Kick: mayTouch(room, you, 'member'), Ban: mayBan(room, you, 'member'),
      Mute: mayTouch(room, you, 'member'), SetRole: mayGive(room, you, 'member').length > 0,
      SetHistory: owns(room, you), SetPosting: owns(room, you), Archive: mayArchive(room, you), Transfer: mayTransfer(room, you),
      Leave: mayLeave(room), Post: silence(room, you) === null,
      Edit: own.edit, Delete: own.delete, React: others.react, Pin: others.pin, Report: others.report,
    }).toEqual(Object.fromEntries([
      'SetTopic', 'Invite', 'MakeLink', 'SetTitle', 'SetSlug', 'SetSlowMode', 'Kick', 'Ban', 'Mute', 'SetRole', 'SetHistory', 'SetPosting', 'Archive', 'Transfer', 'Leave', 'Post',
      'Edit', 'Delete', 'React', 'Pin', 'Report',
    ].map((action) => [action, may.has(action)])));
  });
});

test('nobody edits what another wrote, and only who keeps order deletes it', () => {
  const theirs = { isMine: false, isThere: true };
  const rights = (role?: string) => messageRights(enter(info({ slug: 'den', role })), null, theirs);
  expect([undefined, 'speaker', 'helper', 'moderator', 'owner'].map((role) => [rights(role).edit, rights(role).delete]))
    .toEqual([[false, false], [false, false], [false, true], [false, true], [false, true]]);
});

test('with what is gone nothing is done any more, and in an archive nothing but reporting', () => {
  const none = { reply: false, react: false, edit: false, pin: false, delete: false, report: false };
  expect(messageRights(enter(info({ role: 'owner' })), null, { isMine: false, isThere: false })).toEqual(none);
  expect(messageRights(enter(info({ role: 'owner', archived: true })), null, { isMine: false, isThere: true })).toEqual({ ...none, report: true });
});

test('who is muted, or in a direct room of two with somebody they have blocked, deletes their own and reports', () => {
  const own = { isMine: true, isThere: true };
  const muted = messageRights({ ...enter(info({ slug: 'den' })), mutedUntil: Infinity }, null, own, () => false, 1);
  const blocked = messageRights(enter(info({ ...kinds.direct })), null, own, (user) => user === 'b');
  for (const rights of [muted, blocked]) expect(rights).toEqual({ reply: false, react: false, edit: false, pin: false, delete: true, report: false });
});

/** Whoever has no such room sees no page of it. */
function allowedStandings(kind: keyof typeof kinds): Standing[] {
  const all = Object.keys(standings) as Standing[];
  if (kind === 'direct' || kind === 'group') return ['member'];
  // Nobody looks into a closed room from outside.
  return kind === 'private' || kind === 'by invitation' ? all.filter((standing) => ['member', 'speaker', 'helper', 'moderator', 'owner'].includes(standing)) : all;
}

test('in an archived room an owner brings it back, and nobody does anything else', () => {
  const room = enter(info({ slug: 'den', role: 'owner', archived: true }));
  expect([mayArchive(room, null), mayLeave(room), silence(room, null)]).toEqual([true, true, 'archived']);
  expect([mayWriteTopic(room, null), moderates(room, null), owns(room, null), mayTransfer(room, null), mayTouch(room, null, 'member')]).toEqual(Array(5).fill(false));
});

test('a moderator touches no moderator and no owner, and gives no role above their own', () => {
  const room = enter(info({ slug: 'den', role: 'moderator' }));
  expect(['member', 'helper', 'moderator', 'owner'].map((role) => mayTouch(room, null, role))).toEqual([true, true, false, false]);
  expect(mayGive(room, null, 'member')).toEqual(['member', 'speaker', 'helper', 'moderator']);
});

test('a helper touches members and speakers, gives no role but theirs, and bans nobody', () => {
  const room = enter(info({ slug: 'den', role: 'helper' }));
  const roles = ['member', 'speaker', 'helper', 'moderator', 'owner'];
  expect(roles.map((role) => mayTouch(room, null, role))).toEqual([true, true, false, false, false]);
  expect(roles.map((role) => mayGive(room, null, role))).toEqual([['member', 'speaker'], ['member', 'speaker'], [], [], []]);
  expect(roles.map((role) => mayBan(room, null, role))).toEqual(Array(5).fill(false));
  expect(keepsOrder({ ...room, archived: true }, null)).toBe(false);
});

test('a role that only a newer server knows is like a member’s', () => {
  const room = (role: string) => enter(info({ slug: 'den', role, posting: 'moderators' }));
  expect(mayTouch(room('helper'), null, 'harbourmaster')).toBe(true);
  expect([keepsOrder(room('harbourmaster'), null), silence(room('harbourmaster'), null)]).toEqual([false, 'announcements']);
});
