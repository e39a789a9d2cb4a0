import type { EventFrame } from '../wire/server-frames';
import type { Message, UserId } from '../wire/types';
import { apply } from './events/apply';
import type { Room } from './room';

/** How many answer a message, and when the last of them came. */
export interface Replies {
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly last: number;
}

/** The replies of a thread that was held whole: all that came up to `upTo` and is still there. */
export interface Counted {
  readonly answers: readonly Pick<Message, 'seq' | 'ts' | 'from'>[];
  readonly upTo: number;
}

export type RepliesByRoot = ReadonlyMap<number, Replies>;

const none: RepliesByRoot = new Map();

/**
 * Replies among the messages held, by the message that the thread began with. The same value as before where nothing changed: every
 * row looks at it.
 */
export function countReplies(messages: readonly Message[], counted: ReadonlyMap<number, Counted>, before: RepliesByRoot = none): RepliesByRoot {
  const now = new Map<number, Replies>([...counted].map(([root, { answers }]) => [root, { count: answers.length, last: answers.at(-1)?.ts ?? 0 }]));
  for (const { seq, thread, deleted, ts } of messages) {
    if (thread === undefined || deleted !== undefined || seq <= (counted.get(thread)?.upTo ?? 0)) continue;
    const { count = 0, last = 0 } = now.get(thread) ?? {};
    now.set(thread, { count: count + 1, last: Math.max(last, ts) });
  }
  for (const [root, { count }] of now) if (count === 0) now.delete(root);
  return isSame(now, before) ? before : now.size === 0 ? none : now;
}

/** What was counted, without what the event takes away; the same where that is nothing. */
export function withoutGone(counted: ReadonlyMap<number, Counted>, event: EventFrame): ReadonlyMap<number, Counted> {
  if (event.type !== 'delete' && event.type !== 'erase') return counted;
  const isGone = ({ seq, from }: Counted['answers'][number]) => (event.type === 'delete' ? seq === event.target : seq <= event.upTo && from.id === event.subject.id);
  if (![...counted.values()].some(({ answers }) => answers.some(isGone))) return counted;
  return new Map([...counted].map(([root, { answers, upTo }]) => [root, { answers: answers.filter((answer) => !isGone(answer)), upTo }]));
}

/** All that is held of a room's log, each message once: what is looked at far above, and the run that reaches to the head. */
export function allHeld({ messages, excerpt }: Room): readonly Message[] {
  return excerpt === null ? messages : [...excerpt.messages, ...messages];
}

function isSame(now: RepliesByRoot, before: RepliesByRoot): boolean {
  if (now.size !== before.size) return false;
  for (const [root, { count, last }] of now) {
    const old = before.get(root);
    if (old?.count !== count || old.last !== last) return false;
  }
  return true;
}

/** A thread's messages after an event in its room; the same where it is none of theirs. */
export function follow(room: Room, root: number, messages: readonly Message[], event: EventFrame, me: UserId | null): readonly Message[] {
  if (event.type === 'post' && event.thread !== root) return messages;
  if (event.type === 'post' && messages.some((message) => message.seq === event.seq)) return messages;
  // As in a room of its own: what an event does to a message stands in one place.
  return apply({ ...room, messages, excerpt: null }, event, me).messages;
}
