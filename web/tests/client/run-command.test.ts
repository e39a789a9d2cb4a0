import { expect, test } from 'vitest';
import type { Client } from '../../src/client/client';
import { runCommand } from '../../src/client/run-command';
import type { CommandName } from '../../src/model/writing/slash';
import type { RoomId } from '../../src/wire/types';

const here = 'here' as RoomId;

/** A client that says what was asked of it. */
function told(): { asked: unknown[]; client: Client } {
  const asked: unknown[] = [];
  const says = (verb: string, answer: object = { op: 'ok' }) => async (...values: unknown[]) => (asked.push([verb, ...values]), answer);
  const rooms = new Map([['r1', { id: 'r1', slug: 'lobby', member: true }], ['r2', { id: 'r2', slug: '庭', member: false }]]);
  const join = async (room: string, key?: string) => {
    asked.push(['join', room, key]);
    return room === '#nowhere' ? { op: 'error', code: 'no_such_room' } : { op: 'ok', room: room === '#garden' ? 'r3' : room };
  };
  const client = {
    rename: says('nick'),
    post: async (...values: unknown[]) => (asked.push(['post', ...values]), null),
    workspace: { rooms: () => rooms },
    rooms: { leave: says('leave'), setTopic: says('topic'), invite: says('invite'), join, direct: says('direct', { op: 'ok', room: 'd1' }) },
  };
  return { asked, client: client as unknown as Client };
}

test.each<[CommandName, string, unknown[], unknown]>([
  ['leave', '', [['leave', here]], { op: 'ok' }],
  ['topic', '港の話', [['topic', here, '港の話']], { op: 'ok' }],
  ['nick', '花', [['nick', '花']], { op: 'ok' }],
  ['invite', '@hana', [['invite', here, 'hana']], { op: 'ok' }],
  ['join', '#LOBBY', [], { op: 'open', room: 'r1' }],
  ['join', '＃庭', [['join', 'r2', undefined]], { op: 'open', room: 'r2' }],
  ['join', 'garden', [['join', '#garden', undefined]], { op: 'open', room: 'r3' }],
  ['join', 'garden sesame', [['join', '#garden', 'sesame']], { op: 'open', room: 'r3' }],
  ['join', 'nowhere', [['join', '#nowhere', undefined]], { op: 'error', code: 'no_such_room' }],
  ['msg', '@hana two\nlines', [['direct', ['hana']], ['post', 'd1', 'two\nlines']], { op: 'open', room: 'd1' }],
  ['msg', 'hana', [], { op: 'usage', name: 'msg' }],
  ['topic', '', [], { op: 'usage', name: 'topic' }],
  ['me', '', [], { op: 'usage', name: 'me' }],
  ['help', '', [], { op: 'help' }],
])('/%s %s', async (name, argument, expected, answer) => {
  const { asked, client } = told();
  expect(await runCommand(client, here, name, argument)).toEqual(answer);
  expect(asked).toEqual(expected);
});
