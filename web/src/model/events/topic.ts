import type { TopicEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function topic(room: Room, event: TopicEvent): Room {
  return { ...room, topic: event.topic };
}
