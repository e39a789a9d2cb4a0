import type { Room } from '../room';

/** Others come and go without a trace here: who is there is asked for, not counted. */
export function join(room: Room, mine: boolean): Room {
  return mine ? { ...room, member: true, role: undefined } : room;
}
