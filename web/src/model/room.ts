import type { Message, RoomId, RoomInfo, User } from '../wire/types';
import type { Excerpt } from './excerpt';

/**
 * What is held of one room. A value: every change makes a new one.
 * Invariant: each post with floor ≤ seq ≤ last is in `messages`, in order, once.
 */
export interface Room {
  readonly id: RoomId;
  readonly kind: string;
  readonly slug: string | undefined;
  readonly title: string;
  readonly topic: string;
  readonly member: boolean;
  readonly users: readonly User[] | undefined;
  /** `speaker`, `helper`, `moderator` or `owner`; undefined for a plain member, and where one only looks on. */
  readonly role: string | undefined;
  /** What newcomers see: `joined` or `all`. */
  readonly history: string;
  /** Who posts: `everyone` or `moderators`. */
  readonly posting: string;
  /** Seconds from one post of somebody to their next. */
  readonly slow: number | undefined;
  /** What it holds back from those who do not keep order: `invite_only`, `topic_locked`, `unlisted`, `members_only`. */
  readonly restrict: readonly string[];
  /** How many members it takes; undefined: any number. */
  readonly capacity: number | undefined;
  /** Whether one joins with a key. */
  readonly key: boolean;
  /** Days for which what is said is kept; undefined: for ever. */
  readonly retention: number | undefined;
  readonly archived: boolean;
  /** When one may write again, milliseconds since 1970 UTC; 0: as far as is known one may. Told by events only. */
  readonly mutedUntil: number;

  readonly messages: readonly Message[];
  readonly floor: number;
  readonly last: number;
  readonly firstSeq: number;
  /** What is looked at far above the run; null: the run itself is. */
  readonly excerpt: Excerpt | null;

  /** The newest `post`. */
  readonly posts: number;
  /** The read position as a `seq`, and the number of the newest post at or before it. */
  readonly read: number;
  readonly readPost: number;
}

/** A room seen for the first time: its head is known, its posts are still to be fetched. */
export function enter(info: RoomInfo): Room {
  return {
    ...describe(info),
    mutedUntil: 0,
    messages: [],
    excerpt: null,
    floor: info.head + 1,
    last: info.head,
    posts: info.posts,
    read: info.read,
    readPost: info.posts - info.unread,
  };
}

/** What the server says anew of a room already held. Its events are not touched: they come by themselves. */
export function refresh(room: Room, info: RoomInfo): Room {
  return {
    ...room,
    ...describe(info),
    posts: Math.max(room.posts, info.posts),
    read: Math.max(room.read, info.read),
    // Someone who is not a member has no read position: `unread` is 0 then, and becomes true with the joining.
    readPost: room.member === info.member ? Math.max(room.readPost, info.posts - info.unread) : info.posts - info.unread,
  };
}

/** Posts after the read position. Derived, never counted up. */
export function unread(room: Room): number {
  return room.member ? Math.max(room.posts - room.readPost, 0) : 0;
}

function describe(info: RoomInfo) {
  const { id, kind, slug, title, topic, member, users, role, slow, capacity, retention, firstSeq } = info;
  const { history = 'all', posting = 'everyone', archived = false, restrict = [], key = false } = info;
  return { id, kind, slug, title, topic, member, users, role, history, posting, slow, restrict, capacity, key, retention, archived, firstSeq };
}
