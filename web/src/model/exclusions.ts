import type { EventFrame } from '../wire/server-frames';
import type { Exclusion, User } from '../wire/types';

/** Who may not come in, and who may not write. The newest first. */
export interface Exclusions {
  readonly bans: readonly Exclusion[];
  readonly mutes: readonly Exclusion[];
}

export function applyToExclusions(held: Exclusions, event: EventFrame): Exclusions {
  switch (event.type) {
    case 'ban': return { ...held, bans: [exclusion(event), ...without(held.bans, event.subject)] };
    case 'unban': return { ...held, bans: without(held.bans, event.subject) };
    case 'mute': return { ...held, mutes: [exclusion(event), ...without(held.mutes, event.subject)] };
    case 'unmute': return { ...held, mutes: without(held.mutes, event.subject) };
    default: return held;
  }
}

function exclusion({ subject, from, ts, until }: Extract<EventFrame, { type: 'ban' | 'mute' }>): Exclusion {
  return { user: subject, by: from, ts, ...(until === undefined ? {} : { until }) };
}

function without(all: readonly Exclusion[], { id }: User): readonly Exclusion[] {
  return all.filter(({ user }) => user.id !== id);
}
