import type { SlugEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function slug(room: Room, event: SlugEvent): Room {
  return { ...room, slug: event.slug };
}
