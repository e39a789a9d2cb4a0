import type { CommandName } from '../model/writing/slash';
import { nickKey } from '../model/people/nick-key';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { RoomId } from '../wire/types';
import type { Client } from './client';

export type CommandAnswer =
  | OkFrame | ErrorFrame
  /** A room that one goes to. */
  | { readonly op: 'open'; readonly room: RoomId }
  /** Something is missing behind the command. */
  | { readonly op: 'usage'; readonly name: CommandName }
  | { readonly op: 'help' };

/** Does what stands behind a slash. Who may is the server's to say. */
export async function runCommand(client: Client, room: RoomId, name: CommandName, argument: string): Promise<CommandAnswer> {
  switch (name) {
    case 'help': return { op: 'help' };
    case 'leave': return await client.rooms.leave(room);
  }
  if (argument === '') return { op: 'usage', name };
  switch (name) {
    case 'me': return { op: 'usage', name };
    case 'nick': return await client.rename(argument);
    case 'topic': return await client.rooms.setTopic(room, argument);
    case 'invite': return await client.rooms.invite(room, withoutSign(argument, '@＠'));
    case 'join': return await join(client, ...(withoutSign(argument, '#＃').split(/\s+/u, 2) as [string, string?]));
    case 'msg': return await tell(client, argument);
  }
}

async function join(client: Client, slug: string, key?: string): Promise<CommandAnswer> {
  const isIt = (room: { readonly slug?: string | undefined }) => room.slug !== undefined && nickKey(room.slug) === nickKey(slug);
  const known = [...client.workspace.rooms().values()].find(isIt);
  if (known?.member) return { op: 'open', room: known.id };
  const directory = known === undefined ? await client.questions.directory() : null;
  if (directory?.op === 'error') return directory;
  const id = known?.id ?? directory?.rooms.find(isIt)?.id ?? await client.questions.idOf(slug);
  if (id === null) return { op: 'error', code: 'no_such_room', message: slug };
  // By a name that it had.
  if (client.workspace.room(id)?.member) return { op: 'open', room: id };
  const answer = await client.rooms.join(id, key);
  return answer.op === 'error' ? answer : { op: 'open', room: id };
}

async function tell(client: Client, argument: string): Promise<CommandAnswer> {
  const [, nick = '', text = ''] = /^[@＠]?(\S+)\s+(.+)$/su.exec(argument) ?? [];
  if (nick === '') return { op: 'usage', name: 'msg' };
  const direct = await client.rooms.direct([nick]);
  if (direct.op === 'error' || direct.room === undefined) return direct;
  return (await client.post(direct.room, text)) ?? { op: 'open', room: direct.room };
}

function withoutSign(name: string, signs: string): string {
  return signs.includes(name[0]!) ? name.slice(1) : name;
}
