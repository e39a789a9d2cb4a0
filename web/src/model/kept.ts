import type { RoomId, UserId, You } from '../wire/types';
import { leave } from './excerpt';
import { expire, trim } from './log';
import type { Room } from './room';

/** What a page keeps for its next start: who one is, and the rooms with their newest messages. */
export interface Kept {
  /** With a durable id: who is nobody yet has nothing to come back to. */
  readonly you: You & { readonly id: UserId };
  readonly blocks: readonly UserId[];
  readonly rooms: readonly Room[];
}

/**
 * 50 messages of a room are more than a screen, and 5 MB in all are what nobody minds on a phone. Whoever was away for 30 days reads
 * everything anew: by then there are others to be seen first, and what was erased meanwhile should not lie about for ever.
 */
export const keeping = { messages: 50, bytes: 5 * 1024 * 1024, ms: 30 * 24 * 3_600_000 } as const;

/** Roughly what is stored beside the text of a message, in bytes: names, times, reactions. */
const envelope = 400;

/** The part of the rooms that is kept: of each the newest messages that it still keeps, those rooms first in which something was said last. */
export function worthKeeping(rooms: Iterable<Room>, now: number): Map<RoomId, Room> {
  const byAge = [...rooms].map((room) => ({ room, small: trim(leave(expire(room, now)), keeping.messages) })).sort((a, b) => newest(b.small) - newest(a.small));
  const kept = new Map<RoomId, Room>();
  let left = keeping.bytes;
  for (const { room, small } of byAge) {
    const bytes = small.messages.reduce((sum, message) => sum + envelope + 2 * (message.body?.length ?? 0), envelope);
    // Without its messages the room itself is still to be seen in the list.
    const fits = bytes <= left;
    left -= fits ? bytes : envelope;
    if (left < 0) break;
    kept.set(room.id, fits ? small : { ...small, messages: [], floor: small.last + 1 });
  }
  return kept;
}

function newest(room: Room): number {
  return room.messages.at(-1)?.ts ?? 0;
}
