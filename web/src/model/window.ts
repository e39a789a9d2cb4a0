import type { Message } from '../wire/types';
import { firstFrom } from './messages';

/** The part of the messages held that is mounted: seqs from `top` to `bottom`. `top` is 0 until there is one; `bottom` is Infinity while the newest is shown. */
export interface Window {
  readonly top: number;
  readonly bottom: number;
}

/** More than any screen shows, less than any browser minds; at once as many as a slow processor mounts within a frame, and more where the reader is about to reach them. */
export const mounted = { most: 400, atFirst: 100, few: 8, many: 25 } as const;

export function newest(messages: readonly Message[], count: number = mounted.atFirst): Window {
  return { top: (messages.at(-count) ?? messages[0])?.seq ?? 0, bottom: Infinity };
}

export function visible(messages: readonly Message[], window: Window): readonly Message[] {
  return messages.slice(firstFrom(messages, window.top), firstFrom(messages, window.bottom + 1));
}

/** Shows a message in the midst of others: the first one with at least this seq. */
export function centred(messages: readonly Message[], seq: number): Window {
  const start = Math.max(firstFrom(messages, seq) - mounted.atFirst / 2, 0);
  return between(messages, start, Math.min(start + mounted.atFirst, messages.length));
}

/** Shows so many older ones; what is then too much goes at the bottom, out of sight. */
export function up(messages: readonly Message[], window: Window, count: number): Window {
  const start = Math.max(firstFrom(messages, window.top) - count, 0);
  const end = Math.min(firstFrom(messages, window.bottom + 1), start + mounted.most);
  return between(messages, start, end);
}

/** Shows so many newer ones; what is then too much goes at the top. */
export function down(messages: readonly Message[], window: Window, count: number): Window {
  const end = Math.min(firstFrom(messages, window.bottom + 1) + count, messages.length);
  const start = Math.max(firstFrom(messages, window.top), end - mounted.most);
  return between(messages, start, end);
}

/** Keeps within the bound when live messages came: at the end as many of the oldest go; one who reads further up is left in peace. */
export function grown(messages: readonly Message[], window: Window, atEnd: boolean): Window {
  const start = firstFrom(messages, window.top);
  // Other messages than those that were mounted: a page far away, or all of it anew.
  if (window.top === 0 || start === messages.length || firstFrom(messages, window.bottom + 1) === 0) return newest(messages);
  if (firstFrom(messages, window.bottom + 1) - start <= mounted.most) return window;
  return atEnd ? newest(messages, mounted.most) : between(messages, start, start + mounted.most);
}

/** At the end so many are enough: what is above them goes, some at a time. Whenever some go all others move, and a browser looks at each. */
export function followed(messages: readonly Message[], window: Window, enough: number): Window {
  const count = messages.length - firstFrom(messages, window.top);
  return count < enough + mounted.many ? window : newest(messages, count - mounted.many);
}

/** How many there are after the newest of those before; 0 where there were none. */
export function came(messages: readonly Message[], before: readonly Message[]): number {
  return before.length === 0 ? 0 : messages.length - firstFrom(messages, before.at(-1)!.seq + 1);
}

function between(messages: readonly Message[], start: number, end: number): Window {
  return {
    top: messages[start]?.seq ?? 0,
    bottom: end >= messages.length ? Infinity : messages[end - 1]!.seq,
  };
}
