import type { Room } from '../room';

export function leave(room: Room, mine: boolean): Room {
  return mine ? { ...room, member: false } : room;
}
