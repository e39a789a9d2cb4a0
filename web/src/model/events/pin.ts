import type { PinEvent } from '../../wire/server-frames';
import { changeMessage } from '../messages';
import type { Room } from '../room';

export function pin(room: Room, event: PinEvent): Room {
  return changeMessage(room, event.target, event.seq, (message) => ({ ...message, pinned: event.on || undefined }));
}
