import type { EventFrame } from '../wire/server-frames';
import type { Exclusion, Pattern, User } from '../wire/types';
import { nickKey } from './people/nick-key';

/** Who may not come in, and who may not write; by name the newest first, and by what they look like. */
export interface Exclusions {
  readonly bans: readonly Exclusion[];
  readonly mutes: readonly Exclusion[];
  readonly patterns: readonly Pattern[];
}

export function applyToExclusions(held: Exclusions, event: EventFrame): Exclusions {
  switch (event.type) {
    case 'ban': return { ...held, bans: [exclusion(event), ...without(held.bans, event.subject)] };
    case 'unban': return { ...held, bans: without(held.bans, event.subject) };
    case 'mute': return { ...held, mutes: [exclusion(event), ...without(held.mutes, event.subject)] };
    case 'unmute': return { ...held, mutes: without(held.mutes, event.subject) };
    case 'pattern': return { ...held, patterns: [...withoutPattern(held.patterns, event), ...(event.on ? [pattern(event)] : [])] };
    default: return held;
  }
}

function exclusion({ subject, from, ts, until }: Extract<EventFrame, { type: 'ban' | 'mute' }>): Exclusion {
  return { user: subject, by: from, ts, ...(until === undefined ? {} : { until }) };
}

function without(all: readonly Exclusion[], { id }: User): readonly Exclusion[] {
  return all.filter(({ user }) => user.id !== id);
}

function pattern({ list, pattern, from, ts }: Extract<EventFrame, { type: 'pattern' }>): Pattern {
  return { list, pattern, by: from, ts };
}

/** Whoever ends one may write it in another case. */
function withoutPattern(all: readonly Pattern[], { list, pattern }: Pick<Pattern, 'list' | 'pattern'>): readonly Pattern[] {
  return all.filter((one) => one.list !== list || nickKey(one.pattern) !== nickKey(pattern));
}
