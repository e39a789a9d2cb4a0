import type { RoomId, UserId } from './types';

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
  readonly kind: 'public' | 'private';
  readonly slug: string;
  readonly title: string;
  readonly history?: NewcomersSee;
}
export interface Direct { readonly op: 'direct'; readonly cid: string; readonly users: readonly string[] }
export interface Join { readonly op: 'join'; readonly cid: string; readonly room?: RoomId; readonly link?: string }
export interface Leave { readonly op: 'leave'; readonly cid: string; readonly room: RoomId }
export interface Topic { readonly op: 'topic'; readonly cid: string; readonly room: RoomId; readonly topic: string }
export interface Title { readonly op: 'title'; readonly cid: string; readonly room: RoomId; readonly title: string }
export interface Archive { readonly op: 'archive'; readonly cid: string; readonly room: RoomId; readonly on: boolean }
export interface Newcomers { readonly op: 'newcomers'; readonly cid: string; readonly room: RoomId; readonly history: NewcomersSee }
export interface Posting { readonly op: 'posting'; readonly cid: string; readonly room: RoomId; readonly posting: 'everyone' | 'moderators' }
/** Without `seconds`: none. */
export interface Slow { readonly op: 'slow'; readonly cid: string; readonly room: RoomId; readonly seconds?: number }
/** `user` is an id or a nick, here and below. */
export interface Invite { readonly op: 'invite'; readonly cid: string; readonly room: RoomId; readonly user: string }
export interface Kick { readonly op: 'kick'; readonly cid: string; readonly room: RoomId; readonly user: string }
/** Without `until`: until somebody ends it. */
export interface Ban { readonly op: 'ban' | 'mute'; readonly cid: string; readonly room: RoomId; readonly user: string; readonly until?: number; readonly on?: false }
export interface Role { readonly op: 'role'; readonly cid: string; readonly room: RoomId; readonly user: string; readonly role: RoomRole }
export interface Transfer { readonly op: 'transfer'; readonly cid: string; readonly room: RoomId; readonly user: string }
export interface MakeLink { readonly op: 'link'; readonly cid: string; readonly room: RoomId; readonly until: number; readonly uses: number }
export interface Unlink { readonly op: 'unlink'; readonly cid: string; readonly room: RoomId; readonly link: string }
export interface Block { readonly op: 'block'; readonly cid: string; readonly user: string; readonly on?: false }
export interface Report { readonly op: 'report'; readonly cid: string; readonly room: RoomId; readonly seq: number; readonly reason: string }
export interface Delete { readonly op: 'delete'; readonly cid: string; readonly room: RoomId; readonly seq: number }
export type Mutation =
  | Send | Nick | Create | Direct | Join | Leave | Topic | Title | Archive | Newcomers | Posting | Slow
  | Invite | Kick | Ban | Role | Transfer | MakeLink | Unlink | Block | Report | Delete;

export type NewcomersSee = 'joined' | 'all';
export type RoomRole = 'member' | 'moderator' | 'owner';

export interface History {
  readonly op: 'history';
  readonly rid: string;
  readonly room: RoomId;
  readonly before: number;
  readonly limit: number;
}
export interface Rooms { readonly op: 'rooms'; readonly rid: string }
export interface Who { readonly op: 'who'; readonly rid: string; readonly room: RoomId }
/** The page after the one that ended with this user. */
export interface Members { readonly op: 'members'; readonly rid: string; readonly room: RoomId; readonly limit: number; readonly after?: UserId }
export interface Links { readonly op: 'links'; readonly rid: string; readonly room: RoomId }
export interface Blocks { readonly op: 'blocks'; readonly rid: string }
export type Question = History | Rooms | Who | Members | Links | Blocks;

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
  create: (cid: string, kind: Create['kind'], slug: string, title: string, history?: NewcomersSee): Create => ({
    op: 'create', cid, kind, slug, title, ...(history === undefined ? {} : { history }),
  }),
  direct: (cid: string, users: readonly string[]): Direct => ({ op: 'direct', cid, users }),
  join: (cid: string, room: RoomId): Join => ({ op: 'join', cid, room }),
  joinByLink: (cid: string, link: string): Join => ({ op: 'join', cid, link }),
  leave: (cid: string, room: RoomId): Leave => ({ op: 'leave', cid, room }),
  topic: (cid: string, room: RoomId, topic: string): Topic => ({ op: 'topic', cid, room, topic }),
  title: (cid: string, room: RoomId, title: string): Title => ({ op: 'title', cid, room, title }),
  archive: (cid: string, room: RoomId, on: boolean): Archive => ({ op: 'archive', cid, room, on }),
  newcomers: (cid: string, room: RoomId, history: NewcomersSee): Newcomers => ({ op: 'newcomers', cid, room, history }),
  posting: (cid: string, room: RoomId, posting: Posting['posting']): Posting => ({ op: 'posting', cid, room, posting }),
  slow: (cid: string, room: RoomId, seconds: number | null): Slow => ({ op: 'slow', cid, room, ...(seconds === null ? {} : { seconds }) }),
  invite: (cid: string, room: RoomId, user: string): Invite => ({ op: 'invite', cid, room, user }),
  kick: (cid: string, room: RoomId, user: string): Kick => ({ op: 'kick', cid, room, user }),
  ban: (cid: string, room: RoomId, user: string, until: number | null): Ban => ({ op: 'ban', cid, room, user, ...ending(until) }),
  unban: (cid: string, room: RoomId, user: string): Ban => ({ op: 'ban', cid, room, user, on: false }),
  mute: (cid: string, room: RoomId, user: string, until: number | null): Ban => ({ op: 'mute', cid, room, user, ...ending(until) }),
  unmute: (cid: string, room: RoomId, user: string): Ban => ({ op: 'mute', cid, room, user, on: false }),
  role: (cid: string, room: RoomId, user: string, role: RoomRole): Role => ({ op: 'role', cid, room, user, role }),
  transfer: (cid: string, room: RoomId, user: string): Transfer => ({ op: 'transfer', cid, room, user }),
  link: (cid: string, room: RoomId, until: number, uses: number): MakeLink => ({ op: 'link', cid, room, until, uses }),
  unlink: (cid: string, room: RoomId, link: string): Unlink => ({ op: 'unlink', cid, room, link }),
  block: (cid: string, user: string, on: boolean): Block => ({ op: 'block', cid, user, ...(on ? {} : { on }) }),
  report: (cid: string, room: RoomId, seq: number, reason: string): Report => ({ op: 'report', cid, room, seq, reason }),
  delete: (cid: string, room: RoomId, seq: number): Delete => ({ op: 'delete', cid, room, seq }),
  history: (rid: string, room: RoomId, before: number, limit: number): History => ({ op: 'history', rid, room, before, limit }),
  rooms: (rid: string): Rooms => ({ op: 'rooms', rid }),
  who: (rid: string, room: RoomId): Who => ({ op: 'who', rid, room }),
  members: (rid: string, room: RoomId, limit: number, after?: UserId): Members => ({ op: 'members', rid, room, limit, ...(after === undefined ? {} : { after }) }),
  links: (rid: string, room: RoomId): Links => ({ op: 'links', rid, room }),
  blocks: (rid: string): Blocks => ({ op: 'blocks', rid }),
  read: (room: RoomId, seq: number): Read => ({ op: 'read', room, seq }),
  ping: (): Ping => ({ op: 'ping' }),
};

function ending(until: number | null): { readonly until?: number } {
  return until === null ? {} : { until };
}
