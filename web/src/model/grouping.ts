import type { UserId } from '../wire/types';

const groupTime = 5 * 60_000;
/** No day begins within one, wherever people live. */
const quarter = 15 * 60_000;

interface Authored {
  readonly ts: number;
  readonly from: { readonly id: UserId };
}

export function startsDay(previous: Authored | undefined, message: Authored): boolean {
  if (previous === undefined) return true;
  return Math.floor(previous.ts / quarter) !== Math.floor(message.ts / quarter) && new Date(previous.ts).toDateString() !== new Date(message.ts).toDateString();
}

/** Whether the author and the time are said again: someone else, five minutes later, or another day. */
export function startsGroup(previous: Authored | undefined, message: Authored): boolean {
  return previous === undefined
    || previous.from.id !== message.from.id
    || message.ts - previous.ts >= groupTime
    || startsDay(previous, message);
}
