declare const brand: unique symbol;

/** A room's UUID. It never changes; slugs and titles may. */
export type RoomId = string & { readonly [brand]: 'room' };

/** A durable user's UUID. */
export type UserId = string & { readonly [brand]: 'user' };

export interface User {
  readonly id: UserId;
  readonly nick: string;
}

export interface You {
  /** Null until the guest first does something that lasts. */
  readonly id: UserId | null;
  readonly nick: string;
  readonly guest: boolean;
  /** What one is on the server; absent where one is nothing in particular. */
  readonly role?: string | undefined;
}

export interface RoomInfo {
  readonly id: RoomId;
  readonly kind: string;
  /** Absent in direct rooms, which have `users` instead. */
  readonly slug?: string | undefined;
  readonly title: string;
  readonly topic: string;
  readonly member: boolean;
  /** The newest `seq`. */
  readonly head: number;
  readonly firstSeq: number;
  /** The newest `post`. */
  readonly posts: number;
  /** One's read position, a `seq`. */
  readonly read: number;
  readonly unread: number;
  readonly users?: readonly User[] | undefined;
  /** `speaker`, `helper`, `moderator` or `owner` of the room; absent for a plain member, and where one only looks on. */
  readonly role?: string | undefined;
  /** What newcomers see: `joined` or `all`. Absent: all. */
  readonly history?: string | undefined;
  /** `moderators`: only they, helpers and speakers post. Absent: everyone. */
  readonly posting?: string | undefined;
  /** Seconds from one post of somebody to their next. Absent: no slow mode. */
  readonly slow?: number | undefined;
  /** What it holds back: `invite_only`, `topic_locked`, `unlisted`, `members_only`. Absent: nothing. */
  readonly restrict?: readonly string[] | undefined;
  /** How many members it takes. Absent: any number. */
  readonly capacity?: number | undefined;
  /** Whether one joins with a key; only if true. */
  readonly key?: boolean | undefined;
  /** Days for which what is said is kept. Absent: for ever. */
  readonly retention?: number | undefined;
  /** Only if true. */
  readonly archived?: boolean | undefined;
  /** How many members; only in the answer to `rooms`. */
  readonly members?: number | undefined;
}

/** A ban or a mute. */
export interface Exclusion {
  readonly user: User;
  readonly by: User;
  readonly ts: number;
  /** Absent: until somebody ends it. */
  readonly until?: number | undefined;
}
/** Whoever looks like it is kept out, may not write, or is excepted from such a one. */
export interface Pattern {
  /** `ban`, `mute`, `ban_exception`, `mute_exception` or `invite_exception`. */
  readonly list: string;
  /** `NICK!USERNAME@HOST` or `account:NAME`, with `*` and `?`. */
  readonly pattern: string;
  readonly by: User;
  readonly ts: number;
}

export interface Message {
  readonly seq: number;
  readonly post: number;
  /** Milliseconds since 1970 UTC. */
  readonly ts: number;
  readonly from: User;
  readonly body?: string | undefined;
  readonly erased?: boolean | undefined;
  /** Seqs of the message that this one answers, and of the one with which the thread began. */
  readonly replyTo?: number | undefined;
  readonly thread?: number | undefined;
  /** The newest event about it, where there is one. */
  readonly changed?: number | undefined;
  /** When it last was; milliseconds since 1970 UTC. */
  readonly edited?: number | undefined;
  readonly deleted?: number | undefined;
  /** Only if true. */
  readonly pinned?: boolean | undefined;
  /** In the order in which they first came. */
  readonly reactions?: readonly Reaction[] | undefined;
}

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  /** Only if true. */
  readonly mine?: boolean | undefined;
}

/** How far a member has read. */
export interface Receipt {
  readonly user: User;
  readonly seq: number;
}

/** A message that names oneself. */
export interface Mention {
  readonly room: RoomId;
  readonly message: Message;
}

/** What a search found. */
export interface Hit {
  readonly room: RoomId;
  /** Without reactions. */
  readonly message: Message;
  /** One after the other they are what was written around the first hit. */
  readonly snippet: readonly { readonly text: string; readonly hit?: boolean | undefined }[];
}

/** A room as it is named beside what was found in it. */
export interface RoomName {
  readonly id: RoomId;
  readonly kind: string;
  readonly slug?: string | undefined;
  readonly title: string;
}

/** A way into a room for whoever has its secret. */
export interface Link {
  readonly id: string;
  readonly by: User;
  /** Milliseconds since 1970 UTC. */
  readonly until: number;
  readonly uses: number;
  readonly used: number;
}

export interface Member {
  readonly user: User;
  /** `member`, `speaker`, `helper`, `moderator` or `owner`. */
  readonly role: string;
}

/** Sizes in bytes of UTF-8; `history` and `inFlight` are counts. */
export interface Limits {
  readonly body: number;
  readonly frame: number;
  readonly nick: number;
  readonly slug: number;
  readonly title: number;
  readonly topic: number;
  readonly history: number;
  readonly inFlight: number;
  /** Of a file; absent where the server keeps none. */
  readonly file?: number | undefined;
}

/** Milliseconds. */
export interface HeartbeatTimes {
  readonly interval: number;
  readonly timeout: number;
}
