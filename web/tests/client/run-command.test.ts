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
  const client = {
    rename: says('nick'),
    post: async (...values: unknown[]) => (asked.push(['post', ...values]), null),
    workspace: { rooms: () => rooms, room: (id: string) => rooms.get(id) },
    questions: {
      directory: says('rooms', { op: 'rooms', rooms: [{ id: 'r3', slug: 'Garden' }] }),
      idOf: async (name: string) => (asked.push(['idOf', name]), { foyer: 'r1', meadow: 'r3' }[name] ?? null),
    },
    rooms: { leave: says('leave'), setTopic: says('topic'), invite: says('invite'), join: says('join'), direct: says('direct', { op: 'ok', room: 'd1' }) },
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
  ['join', 'garden', [['rooms'], ['join', 'r3', undefined]], { op: 'open', room: 'r3' }],
  ['join', 'garden sesame', [['rooms'], ['join', 'r3', 'sesame']], { op: 'open', room: 'r3' }],
  ['join', '#foyer', [['rooms'], ['idOf', 'foyer']], { op: 'open', room: 'r1' }],
  ['join', 'meadow', [['rooms'], ['idOf', 'meadow'], ['join', 'r3', undefined]], { op: 'open', room: 'r3' }],
  ['join', 'nowhere', [['rooms'], ['idOf', 'nowhere']], { op: 'error', code: 'no_such_room', message: 'nowhere' }],
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
