import type { Room } from '../room';

/** Not a member any more, by one's own will or another's. */
export function out(room: Room): Room {
  return { ...room, member: false, role: undefined };
}
