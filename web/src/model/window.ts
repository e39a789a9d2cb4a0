import type { Message } from '../wire/types';

/** The part of the messages held that is mounted: seqs from `top` to `bottom`. `bottom` is Infinity while the newest is shown. */
export interface Window {
  readonly top: number;
  readonly bottom: number;
}

/** More than any screen shows, less than any browser minds. */
export const mounted = { most: 400, atFirst: 100, step: 100 } as const;

export function newest(messages: readonly Message[]): Window {
  return { top: messages.at(-mounted.atFirst)?.seq ?? 0, bottom: Infinity };
}

export function visible(messages: readonly Message[], window: Window): readonly Message[] {
  return messages.slice(firstFrom(messages, window.top), firstFrom(messages, window.bottom + 1));
}

/** Shows older ones; what is then too much goes at the bottom, out of sight. */
export function up(messages: readonly Message[], window: Window): Window {
  const start = Math.max(firstFrom(messages, window.top) - mounted.step, 0);
  const end = Math.min(firstFrom(messages, window.bottom + 1), start + mounted.most);
  return between(messages, start, end);
}

/** Shows newer ones; what is then too much goes at the top. */
export function down(messages: readonly Message[], window: Window): Window {
  const end = Math.min(firstFrom(messages, window.bottom + 1) + mounted.step, messages.length);
  const start = Math.max(firstFrom(messages, window.top), end - mounted.most);
  return between(messages, start, end);
}

/** Keeps within the bound when live messages came: at the end the oldest go; one who reads further up is left in peace. */
export function grown(messages: readonly Message[], window: Window, atEnd: boolean): Window {
  const start = firstFrom(messages, window.top);
  if (firstFrom(messages, window.bottom + 1) - start <= mounted.most) return window;
  return atEnd ? newest(messages) : between(messages, start, start + mounted.most);
}

function between(messages: readonly Message[], start: number, end: number): Window {
  return {
    top: start === 0 ? 0 : messages[start]!.seq,
    bottom: end >= messages.length ? Infinity : messages[end - 1]!.seq,
  };
}

/** The index of the first message with at least this seq. */
function firstFrom(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
