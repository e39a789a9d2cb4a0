import type { NewcomersEvent } from '../../wire/server-frames';
import type { Room } from '../room';

export function newcomers(room: Room, event: NewcomersEvent): Room {
  return { ...room, history: event.history };
}
