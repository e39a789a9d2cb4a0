import type { Exclusion, HeartbeatTimes, Hit, Limits, Link, Member, Mention, Message, Pattern, Receipt, RoomId, RoomInfo, RoomName, User, UserId, You } from './types';

/** Everything that a `minato.v1` server says. docs/protocols/websocket.md is the authority. */
export type ServerFrame =
  | WelcomeFrame | ResumedFrame | PartialFrame | ResetFrame
  | OkFrame | ErrorFrame | EventFrame
  | HistoryFrame | ReadFrame | RoomsFrame | WhoFrame | MembersFrame | BansFrame | LinksFrame | PongFrame
  | YouFrame | RoomFrame | GoneFrame | UserFrame | ByeFrame
  | BlockFrame | BlocksFrame | ReportsFrame
  | ReceiptsFrame | MentionsFrame | PinsFrame | SearchFrame
  | EphemeralFrame;

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
  readonly link?: Link | undefined;
  /** Of the link: told this once. */
  readonly secret?: string | undefined;
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
export interface LeaveEvent extends Envelope {
  readonly type: 'leave';
  /** Who owns the room from then on, where its last owner left. */
  readonly heir?: User | undefined;
}
export interface TopicEvent extends Envelope { readonly type: 'topic'; readonly topic: string }
export interface TitleEvent extends Envelope { readonly type: 'title'; readonly title: string }
/** The name behind the `#`; by the one that it was the room is still found. */
export interface SlugEvent extends Envelope { readonly type: 'slug'; readonly slug: string; readonly was: string }
export interface ArchiveEvent extends Envelope { readonly type: 'archive'; readonly on: boolean }
export interface NewcomersEvent extends Envelope { readonly type: 'newcomers'; readonly history: string }
export interface PostingEvent extends Envelope { readonly type: 'posting'; readonly posting: string }
/** Without `seconds`: no slow mode any more. */
export interface SlowEvent extends Envelope { readonly type: 'slow'; readonly seconds?: number | undefined }
/** What is held back from then on, and what no more. */
export interface RestrictEvent extends Envelope {
  readonly type: 'restrict';
  readonly restrict?: readonly string[] | undefined;
  readonly free?: readonly string[] | undefined;
}
/** Without `members`: any number. */
export interface CapacityEvent extends Envelope { readonly type: 'capacity'; readonly members?: number | undefined }
export interface KeyEvent extends Envelope { readonly type: 'key'; readonly on: boolean }
export interface PatternEvent extends Envelope { readonly type: 'pattern'; readonly list: string; readonly pattern: string; readonly on: boolean }
/** Without `days`: for ever. */
export interface RetentionEvent extends Envelope { readonly type: 'retention'; readonly days?: number | undefined }

export interface EditEvent extends Envelope {
  readonly type: 'edit';
  /** The seq of the message, here and below. */
  readonly target: number;
  readonly body?: string | undefined;
  readonly erased?: boolean | undefined;
}
export interface DeleteEvent extends Envelope { readonly type: 'delete'; readonly target: number }
export interface ReactEvent extends Envelope { readonly type: 'react'; readonly target: number; readonly emoji: string; readonly on: boolean }
export interface PinEvent extends Envelope { readonly type: 'pin'; readonly target: number; readonly on: boolean }
export interface EraseEvent extends Envelope { readonly type: 'erase'; readonly subject: User; readonly upTo: number }

export interface KickEvent extends Envelope { readonly type: 'kick'; readonly subject: User }
export interface BanEvent extends Envelope { readonly type: 'ban'; readonly subject: User; readonly until?: number | undefined }
export interface MuteEvent extends Envelope { readonly type: 'mute'; readonly subject: User; readonly until?: number | undefined }
export interface InviteEvent extends Envelope { readonly type: 'invite'; readonly subject: User }
export interface UnbanEvent extends Envelope { readonly type: 'unban'; readonly subject: User }
export interface UnmuteEvent extends Envelope { readonly type: 'unmute'; readonly subject: User }
export interface RoleEvent extends Envelope { readonly type: 'role'; readonly subject: User; readonly role: string }
export interface TransferEvent extends Envelope { readonly type: 'transfer'; readonly subject: User }

/** A type of a newer server: it only advances the sequence. */
export interface UnknownEvent { readonly op: 'ev'; readonly room: RoomId; readonly seq: number; readonly type: 'unknown' }

export type EventFrame =
  | CreateEvent | PostEvent | EditEvent | DeleteEvent | ReactEvent | PinEvent | EraseEvent
  | JoinEvent | LeaveEvent | InviteEvent | KickEvent | BanEvent | UnbanEvent | MuteEvent | UnmuteEvent | RoleEvent | TransferEvent
  | TopicEvent | TitleEvent | SlugEvent | ArchiveEvent | NewcomersEvent | PostingEvent | SlowEvent | RestrictEvent | CapacityEvent | KeyEvent | PatternEvent | RetentionEvent
  | UnknownEvent;

export interface HistoryFrame {
  readonly op: 'history';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  readonly head: number;
  /** There are others in the direction asked for; around a message: older ones. */
  readonly more: boolean;
  /** Around a message: there are newer ones. Only if true. */
  readonly moreAfter?: boolean | undefined;
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
  /** Only if true. */
  readonly more?: boolean | undefined;
}
export interface MembersFrame {
  readonly op: 'members';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  readonly members: readonly Member[];
  readonly more: boolean;
}
/** Who is banned and muted, the newest first. */
export interface BansFrame {
  readonly op: 'bans';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  readonly bans: readonly Exclusion[];
  readonly mutes: readonly Exclusion[];
  readonly patterns: readonly Pattern[];
}
export interface LinksFrame { readonly op: 'links'; readonly rid?: string | undefined; readonly room: RoomId; readonly links: readonly Link[] }
/** How far the members have read, the furthest first. */
export interface ReceiptsFrame { readonly op: 'receipts'; readonly rid?: string | undefined; readonly room: RoomId; readonly receipts: readonly Receipt[] }
export interface MentionsFrame { readonly op: 'mentions'; readonly rid?: string | undefined; readonly more: boolean; readonly mentions: readonly Mention[] }
export interface PinsFrame {
  readonly op: 'pins';
  readonly rid?: string | undefined;
  readonly room: RoomId;
  /** There are older ones that did not fit. Only if true. */
  readonly more?: boolean | undefined;
  /** The newest first. */
  readonly messages: readonly Message[];
}
export interface SearchFrame {
  readonly op: 'search';
  readonly rid?: string | undefined;
  /** False while the server still builds its index. */
  readonly complete: boolean;
  /** There may be more, before this; also where this page has none. */
  readonly next?: number | undefined;
  /** Each room of the results once. */
  readonly rooms: readonly RoomName[];
  readonly results: readonly Hit[];
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

/** Beside the log: kept nowhere, and may be lost. */
export type EphemeralFrame = PresenceFrame | PresenceCountFrame | TypingFrame | ReadByFrame | UnknownEphemeral;
/** Who is connected now and was not, and who is not any more. */
export interface PresenceFrame {
  readonly op: 'eph';
  readonly type: 'presence';
  readonly room: RoomId;
  readonly arrived: readonly User[];
  readonly left: readonly User[];
  readonly count: number;
}
/** Without names: what was known of who is here is out of date. */
export interface PresenceCountFrame { readonly op: 'eph'; readonly type: 'presence'; readonly room: RoomId; readonly arrived?: undefined; readonly count: number }
export interface TypingFrame { readonly op: 'eph'; readonly type: 'typing'; readonly room: RoomId; readonly users: readonly User[] }
export interface ReadByFrame { readonly op: 'eph'; readonly type: 'receipts'; readonly room: RoomId; readonly receipts: readonly Receipt[] }
/** A type of a newer server. */
export interface UnknownEphemeral { readonly op: 'eph'; readonly type: 'unknown' }
