import type { RoomId } from './types';

/** Everything that this page says. Only `clientFrames` makes them, so that the corpus can hold each one to the protocol. */
export type ClientFrame = Hello | Mutation | Question | Read | Ping;

export interface Hello {
  readonly op: 'hello';
  readonly ver: 1;
  readonly client: string;
  readonly auth?: { readonly session?: string; readonly ticket?: string };
  readonly resume?: { readonly rooms: Readonly<Record<RoomId, number>> };
}

export interface Send { readonly op: 'send'; readonly cid: string; readonly room: RoomId; readonly body: string }
export interface Nick { readonly op: 'nick'; readonly cid: string; readonly nick: string }
export interface Create {
  readonly op: 'create';
  readonly cid: string;
  readonly kind: 'public';
  readonly slug: string;
  readonly title: string;
}
export interface Direct { readonly op: 'direct'; readonly cid: string; readonly user: string }
export interface Join { readonly op: 'join'; readonly cid: string; readonly room: RoomId }
export interface Leave { readonly op: 'leave'; readonly cid: string; readonly room: RoomId }
export interface Topic { readonly op: 'topic'; readonly cid: string; readonly room: RoomId; readonly topic: string }
export interface Block { readonly op: 'block'; readonly cid: string; readonly user: string; readonly on?: false }
export interface Report { readonly op: 'report'; readonly cid: string; readonly room: RoomId; readonly seq: number; readonly reason: string }
export type Mutation = Send | Nick | Create | Direct | Join | Leave | Topic | Block | Report;

export interface History {
  readonly op: 'history';
  readonly rid: string;
  readonly room: RoomId;
  readonly before: number;
  readonly limit: number;
}
export interface Rooms { readonly op: 'rooms'; readonly rid: string }
export interface Who { readonly op: 'who'; readonly rid: string; readonly room: RoomId }
export interface Blocks { readonly op: 'blocks'; readonly rid: string }
export type Question = History | Rooms | Who | Blocks;

export interface Read { readonly op: 'read'; readonly room: RoomId; readonly seq: number }
export interface Ping { readonly op: 'ping' }

export const clientFrames = {
  hello(client: string, session: string | null, ticket: string | null, cursors: Readonly<Record<RoomId, number>>): Hello {
    return {
      op: 'hello',
      ver: 1,
      client,
      ...(session === null && ticket === null ? {} : { auth: { ...(session === null ? {} : { session }), ...(ticket === null ? {} : { ticket }) } }),
      ...(Object.keys(cursors).length === 0 ? {} : { resume: { rooms: cursors } }),
    };
  },
  send: (cid: string, room: RoomId, body: string): Send => ({ op: 'send', cid, room, body }),
  nick: (cid: string, nick: string): Nick => ({ op: 'nick', cid, nick }),
  create: (cid: string, slug: string, title: string): Create => ({ op: 'create', cid, kind: 'public', slug, title }),
  direct: (cid: string, user: string): Direct => ({ op: 'direct', cid, user }),
  join: (cid: string, room: RoomId): Join => ({ op: 'join', cid, room }),
  leave: (cid: string, room: RoomId): Leave => ({ op: 'leave', cid, room }),
  topic: (cid: string, room: RoomId, topic: string): Topic => ({ op: 'topic', cid, room, topic }),
  block: (cid: string, user: string, on: boolean): Block => ({ op: 'block', cid, user, ...(on ? {} : { on }) }),
  report: (cid: string, room: RoomId, seq: number, reason: string): Report => ({ op: 'report', cid, room, seq, reason }),
  history: (rid: string, room: RoomId, before: number, limit: number): History => ({ op: 'history', rid, room, before, limit }),
  rooms: (rid: string): Rooms => ({ op: 'rooms', rid }),
  who: (rid: string, room: RoomId): Who => ({ op: 'who', rid, room }),
  blocks: (rid: string): Blocks => ({ op: 'blocks', rid }),
  read: (room: RoomId, seq: number): Read => ({ op: 'read', room, seq }),
  ping: (): Ping => ({ op: 'ping' }),
};
