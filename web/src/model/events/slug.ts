import type { SlugEvent } from '../../wire/server-frames';
import type { Room } from '../room';

/** A title that is nothing but the name goes with it. */
export function slug(room: Room, event: SlugEvent): Room {
  return { ...room, slug: event.slug, title: room.title === event.was ? event.slug : room.title };
}
