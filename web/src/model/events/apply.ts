import type { EventFrame } from '../../wire/server-frames';
import type { UserId } from '../../wire/types';
import { unreachable } from '../../wire/unreachable';
import type { Room } from '../room';
import { create } from './create';
import { join } from './join';
import { leave } from './leave';
import { post } from './post';
import { topic } from './topic';

/** Applies the event that follows `room.last`. */
export function apply(room: Room, event: EventFrame, me: UserId | null): Room {
  return { ...change(room, event, me), last: event.seq };
}

function change(room: Room, event: EventFrame, me: UserId | null): Room {
  switch (event.type) {
    case 'create': return create(room, event);
    case 'post': return post(room, event, event.from.id === me);
    case 'join': return join(room, event.from.id === me);
    case 'leave': return leave(room, event.from.id === me);
    case 'topic': return topic(room, event);
    case 'unknown': return room;
    default: return unreachable(event);
  }
}
