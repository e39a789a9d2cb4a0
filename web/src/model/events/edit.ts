import type { EditEvent } from '../../wire/server-frames';
import { changeMessage } from '../messages';
import type { Room } from '../room';

export function edit(room: Room, event: EditEvent): Room {
  const { body, erased, ts } = event;
  return changeMessage(room, event.target, event.seq, (message) => ({ ...message, body, erased, edited: ts }));
}
