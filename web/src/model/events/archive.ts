import type { ArchiveEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function archive(room: Room, event: ArchiveEvent): Room {
  return { ...room, archived: event.on };
}
