import type { EraseEvent } from '../../wire/server-frames';
import { blank, changeMessages } from '../messages';
import type { Room } from '../room';

/** All that somebody said up to then; what was deleted before stays as it was. */
export function erase(room: Room, event: EraseEvent): Room {
  return changeMessages(room, event.seq, (message) => message.seq <= event.upTo && message.from.id === event.subject.id && message.deleted === undefined,
    (message) => blank(message, event.ts));
}
