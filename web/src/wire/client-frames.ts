import type { RoomId, UserId } from './types';

/** Everything that this page says. Only `clientFrames` makes them, so that the corpus can hold each one to the protocol. */
export type ClientFrame = Hello | Mutation | Question | Read | Typing | Ping;

export interface Hello {
  readonly op: 'hello';
  readonly ver: 1;
  readonly client: string;
  readonly auth?: { readonly session?: string; readonly ticket?: string };
  readonly resume?: { readonly rooms: Readonly<Record<RoomId, number>> };
  /** What one is to be told beside the log. */
  readonly want?: readonly Want[];
}
export type Want = 'presence' | 'typing' | 'receipts';

/** `replyTo` is the seq of the message that it answers. */
export interface Send { readonly op: 'send'; readonly cid: string; readonly room: RoomId; readonly body: string; readonly replyTo?: number }
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
/** A room takes a key, or none; a link leads past both. */
export interface Join { readonly op: 'join'; readonly cid: string; readonly room?: RoomId; readonly key?: string; readonly link?: string }
export interface Leave { readonly op: 'leave'; readonly cid: string; readonly room: RoomId }
export interface Topic { readonly op: 'topic'; readonly cid: string; readonly room: RoomId; readonly topic: string }
export interface Title { readonly op: 'title'; readonly cid: string; readonly room: RoomId; readonly title: string }
export interface Slug { readonly op: 'slug'; readonly cid: string; readonly room: RoomId; readonly slug: string }
export interface Archive { readonly op: 'archive'; readonly cid: string; readonly room: RoomId; readonly on: boolean }
export interface Newcomers { readonly op: 'newcomers'; readonly cid: string; readonly room: RoomId; readonly history: NewcomersSee }
export interface Posting { readonly op: 'posting'; readonly cid: string; readonly room: RoomId; readonly posting: 'everyone' | 'moderators' }
/** Without `seconds`: none. */
export interface Slow { readonly op: 'slow'; readonly cid: string; readonly room: RoomId; readonly seconds?: number }
/** What is in neither list stays as it is. */
export interface Restrict { readonly op: 'restrict'; readonly cid: string; readonly room: RoomId; readonly restrict?: readonly Restriction[]; readonly free?: readonly Restriction[] }
/** Without `members`: any number. */
export interface Capacity { readonly op: 'capacity'; readonly cid: string; readonly room: RoomId; readonly members?: number }
/** Without `key`: none. */
export interface Key { readonly op: 'key'; readonly cid: string; readonly room: RoomId; readonly key?: string }
export interface Pattern { readonly op: 'pattern'; readonly cid: string; readonly room: RoomId; readonly list: string; readonly pattern: string; readonly on?: false }
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
export interface Edit { readonly op: 'edit'; readonly cid: string; readonly room: RoomId; readonly seq: number; readonly body: string }
export interface React { readonly op: 'react'; readonly cid: string; readonly room: RoomId; readonly seq: number; readonly emoji: string; readonly on?: false }
export interface Pin { readonly op: 'pin'; readonly cid: string; readonly room: RoomId; readonly seq: number; readonly on?: false }
export interface Delete { readonly op: 'delete'; readonly cid: string; readonly room: RoomId; readonly seq: number }
export type Mutation =
  | Send | Nick | Create | Direct | Join | Leave | Topic | Title | Slug | Archive | Newcomers | Posting | Slow | Restrict | Capacity | Key | Pattern
  | Invite | Kick | Ban | Role | Transfer | MakeLink | Unlink | Block | Report | Edit | React | Pin | Delete;

export type NewcomersSee = 'joined' | 'all';
export type RoomRole = 'member' | 'speaker' | 'helper' | 'moderator' | 'owner';
export type Restriction = 'invite_only' | 'topic_locked' | 'unlisted' | 'members_only';

/** A page of a room, or of one thread of it. Without a place: the newest. */
export interface History {
  readonly op: 'history';
  readonly rid: string;
  readonly room: RoomId;
  /** Where it lies, a seq; at most one of them. None: the newest. */
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
  /** The seq of the message with which the thread began. */
  readonly thread?: number;
  readonly limit?: number;
}
/** Where a page of history lies: before, after or around a seq, or at the end. */
export type Place = 'newest' | { readonly before: number } | { readonly after: number } | { readonly around: number };
export interface Rooms { readonly op: 'rooms'; readonly rid: string }
export interface Who { readonly op: 'who'; readonly rid: string; readonly room: RoomId; readonly after?: UserId }
/** The page after the one that ended with this user. */
export interface Members { readonly op: 'members'; readonly rid: string; readonly room: RoomId; readonly limit: number; readonly after?: UserId }
export interface Bans { readonly op: 'bans'; readonly rid: string; readonly room: RoomId }
export interface Links { readonly op: 'links'; readonly rid: string; readonly room: RoomId }
export interface Blocks { readonly op: 'blocks'; readonly rid: string }
export interface Receipts { readonly op: 'receipts'; readonly rid: string; readonly room: RoomId }
export interface Mentions { readonly op: 'mentions'; readonly rid: string; readonly limit: number }
export interface Pins { readonly op: 'pins'; readonly rid: string; readonly room: RoomId }
/** Everywhere, or in one room. `before` is the `next` of the page before. */
export interface Search {
  readonly op: 'search';
  readonly rid: string;
  readonly query: string;
  readonly room?: RoomId;
  readonly before?: number;
  readonly limit?: number;
}
export type Question = History | Rooms | Who | Members | Bans | Links | Blocks | Receipts | Mentions | Pins | Search;

export interface Read { readonly op: 'read'; readonly room: RoomId; readonly seq: number }
/** One writes something. Never answered. */
export interface Typing { readonly op: 'typing'; readonly room: RoomId }
export interface Ping { readonly op: 'ping' }

export const clientFrames = {
  hello(client: string, session: string | null, ticket: string | null, cursors: Readonly<Record<RoomId, number>>, want: readonly Want[] = []): Hello {
    return {
      op: 'hello',
      ver: 1,
      client,
      ...(session === null && ticket === null ? {} : { auth: { ...(session === null ? {} : { session }), ...(ticket === null ? {} : { ticket }) } }),
      ...(Object.keys(cursors).length === 0 ? {} : { resume: { rooms: cursors } }),
      ...(want.length === 0 ? {} : { want }),
    };
  },
  send: (cid: string, room: RoomId, body: string, replyTo?: number): Send => ({ op: 'send', cid, room, body, ...(replyTo === undefined ? {} : { replyTo }) }),
  nick: (cid: string, nick: string): Nick => ({ op: 'nick', cid, nick }),
  create: (cid: string, kind: Create['kind'], slug: string, title: string, history?: NewcomersSee): Create => ({
    op: 'create', cid, kind, slug, title, ...(history === undefined ? {} : { history }),
  }),
  direct: (cid: string, users: readonly string[]): Direct => ({ op: 'direct', cid, users }),
  join: (cid: string, room: RoomId, key?: string): Join => ({ op: 'join', cid, room, ...(key === undefined ? {} : { key }) }),
  joinByLink: (cid: string, link: string): Join => ({ op: 'join', cid, link }),
  leave: (cid: string, room: RoomId): Leave => ({ op: 'leave', cid, room }),
  topic: (cid: string, room: RoomId, topic: string): Topic => ({ op: 'topic', cid, room, topic }),
  title: (cid: string, room: RoomId, title: string): Title => ({ op: 'title', cid, room, title }),
  slug: (cid: string, room: RoomId, slug: string): Slug => ({ op: 'slug', cid, room, slug }),
  archive: (cid: string, room: RoomId, on: boolean): Archive => ({ op: 'archive', cid, room, on }),
  newcomers: (cid: string, room: RoomId, history: NewcomersSee): Newcomers => ({ op: 'newcomers', cid, room, history }),
  posting: (cid: string, room: RoomId, posting: Posting['posting']): Posting => ({ op: 'posting', cid, room, posting }),
  slow: (cid: string, room: RoomId, seconds: number | null): Slow => ({ op: 'slow', cid, room, ...(seconds === null ? {} : { seconds }) }),
  restrict: (cid: string, room: RoomId, restrict: readonly Restriction[], free: readonly Restriction[]): Restrict => ({
    op: 'restrict', cid, room, ...(restrict.length === 0 ? {} : { restrict }), ...(free.length === 0 ? {} : { free }),
  }),
  capacity: (cid: string, room: RoomId, members: number | null): Capacity => ({ op: 'capacity', cid, room, ...(members === null ? {} : { members }) }),
  key: (cid: string, room: RoomId, key: string | null): Key => ({ op: 'key', cid, room, ...(key === null ? {} : { key }) }),
  pattern: (cid: string, room: RoomId, list: string, pattern: string, on: boolean): Pattern => ({ op: 'pattern', cid, room, list, pattern, ...(on ? {} : { on }) }),
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
  edit: (cid: string, room: RoomId, seq: number, body: string): Edit => ({ op: 'edit', cid, room, seq, body }),
  react: (cid: string, room: RoomId, seq: number, emoji: string, on: boolean): React => ({ op: 'react', cid, room, seq, emoji, ...(on ? {} : { on }) }),
  pin: (cid: string, room: RoomId, seq: number, on: boolean): Pin => ({ op: 'pin', cid, room, seq, ...(on ? {} : { on }) }),
  delete: (cid: string, room: RoomId, seq: number): Delete => ({ op: 'delete', cid, room, seq }),
  history: (rid: string, room: RoomId, place: Place, limit?: number, thread?: number): History => ({
    op: 'history', rid, room, ...(place === 'newest' ? {} : place), ...(thread === undefined ? {} : { thread }), ...(limit === undefined ? {} : { limit }),
  }),
  rooms: (rid: string): Rooms => ({ op: 'rooms', rid }),
  who: (rid: string, room: RoomId, after?: UserId): Who => ({ op: 'who', rid, room, ...(after === undefined ? {} : { after }) }),
  members: (rid: string, room: RoomId, limit: number, after?: UserId): Members => ({ op: 'members', rid, room, limit, ...(after === undefined ? {} : { after }) }),
  bans: (rid: string, room: RoomId): Bans => ({ op: 'bans', rid, room }),
  links: (rid: string, room: RoomId): Links => ({ op: 'links', rid, room }),
  blocks: (rid: string): Blocks => ({ op: 'blocks', rid }),
  receipts: (rid: string, room: RoomId): Receipts => ({ op: 'receipts', rid, room }),
  mentions: (rid: string, limit: number): Mentions => ({ op: 'mentions', rid, limit }),
  pins: (rid: string, room: RoomId): Pins => ({ op: 'pins', rid, room }),
  search: (rid: string, query: string, { room, before, limit }: Pick<Search, 'room' | 'before' | 'limit'>): Search => ({
    op: 'search', rid, query, ...(room === undefined ? {} : { room }), ...(before === undefined ? {} : { before }), ...(limit === undefined ? {} : { limit }),
  }),
  typing: (room: RoomId): Typing => ({ op: 'typing', room }),
  read: (room: RoomId, seq: number): Read => ({ op: 'read', room, seq }),
  ping: (): Ping => ({ op: 'ping' }),
};

function ending(until: number | null): { readonly until?: number } {
  return until === null ? {} : { until };
}
