import type { HeartbeatTimes, Limits, Message, RoomId, RoomInfo, User, UserId, You } from './types';

/** Everything that a `minato.v1` server says. docs/protocols/websocket.md is the authority. */
export type ServerFrame =
  | WelcomeFrame | ResumedFrame | PartialFrame | ResetFrame
  | OkFrame | ErrorFrame | EventFrame
  | HistoryFrame | ReadFrame | RoomsFrame | WhoFrame | PongFrame
  | YouFrame | RoomFrame | GoneFrame | UserFrame | ByeFrame
  | BlockFrame | BlocksFrame | ReportsFrame;

export interface WelcomeFrame {
  readonly op: 'welcome';
  readonly ver: number;
  readonly server: string;
  /** Only when it is new. A secret. */
  readonly session?: string | undefined;
  readonly you: You;
  readonly rooms: readonly RoomInfo[];
  /** Whom one has blocked; absent where that is nobody. */
  readonly blocks?: readonly UserId[] | undefined;
  /** How many reports are open; only for those who administer the server. */
  readonly reports?: number | undefined;
  readonly limits: Limits;
  readonly heartbeat: HeartbeatTimes;
  readonly capabilities: readonly string[];
}

export interface ResumedFrame { readonly op: 'resumed'; readonly room: RoomId; readonly head: number }
export interface PartialFrame { readonly op: 'partial'; readonly room: RoomId; readonly from: number; readonly head: number }
export interface ResetFrame { readonly op: 'reset'; readonly room: RoomId; readonly reason: string }

export interface OkFrame {
  readonly op: 'ok';
  readonly cid: string;
  readonly room?: RoomId | undefined;
  readonly seq?: number | undefined;
  readonly id?: string | undefined;
  readonly ts?: number | undefined;
  readonly you?: You | undefined;
  /** Whom one blocked, or no longer blocks. */
  readonly user?: User | undefined;
}

export interface ErrorFrame {
  readonly op: 'error';
  readonly cid?: string | undefined;
  readonly rid?: string | undefined;
  readonly code: string;
  /** English, for logs. */
  readonly message: string;
  /** Milliseconds; there where trying again makes sense. */
  readonly retryAfter?: number | undefined;
}

interface Envelope {
  readonly op: 'ev';
  readonly room: RoomId;
  readonly seq: number;
  readonly ts: number;
  readonly from: User;
}
export interface CreateEvent extends Envelope {
  readonly type: 'create';
  readonly kind: string;
  readonly slug?: string | undefined;
  readonly title: string;
}
export interface PostEvent extends Envelope, Message { readonly type: 'post' }
export interface JoinEvent extends Envelope { readonly type: 'join' }
export interface LeaveEvent extends Envelope { readonly type: 'leave' }
export interface TopicEvent extends Envelope { readonly type: 'topic'; readonly topic: string }
/** A type of a newer server: it only advances the sequence. */
export interface UnknownEvent { readonly op: 'ev'; readonly room: RoomId; readonly seq: number; readonly type: 'unknown' }
export type EventFrame = CreateEvent | PostEvent | JoinEvent | LeaveEvent | TopicEvent | UnknownEvent;

export interface HistoryFrame {
  readonly op: 'history';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  readonly head: number;
  readonly more: boolean;
  readonly messages: readonly Message[];
}

export interface ReadFrame { readonly op: 'read'; readonly room: RoomId; readonly seq: number; readonly unread: number }
export interface RoomsFrame { readonly op: 'rooms'; readonly rid?: string | undefined; readonly rooms: readonly RoomInfo[] }
export interface WhoFrame {
  readonly op: 'who';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  readonly here: readonly User[];
  readonly count: number;
}
export interface PongFrame { readonly op: 'pong' }
export interface YouFrame { readonly op: 'you'; readonly you: You }
export interface RoomFrame { readonly op: 'room'; readonly room: RoomInfo }
export interface GoneFrame { readonly op: 'gone'; readonly room: RoomId }
export interface UserFrame { readonly op: 'user'; readonly user: User }
/** One blocked somebody, or ended it, in whatever session. */
export interface BlockFrame { readonly op: 'block'; readonly user: User; readonly on: boolean }
export interface BlocksFrame { readonly op: 'blocks'; readonly rid?: string | undefined; readonly blocks: readonly User[] }
/** For those who administer the server. */
export interface ReportsFrame { readonly op: 'reports'; readonly open: number }
export interface ByeFrame { readonly op: 'bye'; readonly code: string; readonly retryAfter: number }
