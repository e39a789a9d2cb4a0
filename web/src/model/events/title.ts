import type { TitleEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function title(room: Room, event: TitleEvent): Room {
  return { ...room, title: event.title };
}
