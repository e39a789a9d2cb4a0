import type { PostingEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function posting(room: Room, event: PostingEvent): Room {
  return { ...room, posting: event.posting };
}
