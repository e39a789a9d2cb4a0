import type { RestrictEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function restrict(room: Room, event: RestrictEvent): Room {
  const free = event.free ?? [];
  return { ...room, restrict: [...new Set([...room.restrict, ...(event.restrict ?? [])])].filter((name) => !free.includes(name)) };
}
