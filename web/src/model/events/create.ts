import type { CreateEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function create(room: Room, event: CreateEvent, mine: boolean): Room {
  const named = { ...room, kind: event.kind, slug: event.slug, title: event.title };
  return mine && event.kind !== 'direct' ? { ...named, member: true, role: 'owner' } : named;
}
