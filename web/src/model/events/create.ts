import type { CreateEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function create(room: Room, event: CreateEvent): Room {
  return { ...room, kind: event.kind, slug: event.slug, title: event.title };
}
