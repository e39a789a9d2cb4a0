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
  /** How many members; only in the answer to `rooms`. */
  readonly members?: number | undefined;
}

export interface Message {
  readonly seq: number;
  readonly post: number;
  /** Milliseconds since 1970 UTC. */
  readonly ts: number;
  readonly from: User;
  readonly body?: string | undefined;
  readonly erased?: boolean | undefined;
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
}

/** Milliseconds. */
export interface HeartbeatTimes {
  readonly interval: number;
  readonly timeout: number;
}
