import { expect, test } from 'vitest';
import { Names } from '../../src/model/names';
import { Workspace } from '../../src/model/workspace';
import type { HistoryFrame, WelcomeFrame } from '../../src/wire/server-frames';
import { enter } from '../../src/model/room';
import { info, lobby, me, other, post, welcome } from '../support/frames';

const bob = { id: other, nick: 'bob' };
const robert = { id: other, nick: 'robert' };

test('Who is met under a second name has that one everywhere, the newer one in whatever order they are told', () => {
  const names = new Names();
  names.seen(robert, 20);
  expect(names.of(bob)).toBe('bob');
  names.seen(bob, 10);
  expect(names.of(bob)).toBe('robert');
  names.seen(bob, 30);
  expect([names.of(robert), names.of(bob)]).toEqual(['bob', 'bob']);
});

test('A message from before a renaming does not take it back', () => {
  const names = new Names();
  names.seen({ id: me, nick: 'alice' }, 50);
  names.renamed(robert);
  names.seen(bob, 40);
  expect(names.of(bob)).toBe('robert');
});

test('Who changed their name while the page was closed has one name in what was kept, told and fetched', () => {
  const workspace = new Workspace();
  const { op: _, room: __, type: ___, ...old } = post(9, { from: bob });
  workspace.restore({ you: { id: me, nick: 'alice', guest: true }, blocks: [], rooms: [{ ...enter(info()), messages: [old], floor: 9 }] });
  workspace.welcome(welcome() as unknown as WelcomeFrame);
  expect(workspace.names.of(bob)).toBe('bob');
  workspace.welcome(welcome({ rooms: [info({ kind: 'direct', users: [{ id: other, nick: 'bobby' }] })] }) as unknown as WelcomeFrame);
  expect(workspace.names.of(bob)).toBe('bobby');
  workspace.history({ before: 9 }, { op: 'history', room: lobby, rid: 'q', head: 11, more: false, messages: [{ ...old, seq: 8, post: 6, ts: old.ts - 1, from: robert }] } as unknown as HistoryFrame);
  expect(workspace.names.of(bob)).toBe('robert');
  workspace.event(post(11, { from: { id: other, nick: 'rob' } }));
  expect([workspace.names.of(bob), workspace.names.of(robert)]).toEqual(['rob', 'rob']);
});
