import type { Clock } from '../connection/clock';
import { clientFrames, type Typing as TypingFrame } from '../wire/client-frames';
import type { RoomId } from '../wire/types';

/** How often the server wants to hear of it, in milliseconds. */
const pause = 3_000;

/** Tells the others that one writes. It may be lost: nothing is told later than it is true. */
export class Typing {
  readonly #clock: Clock;
  readonly #send: (frame: TypingFrame) => boolean;
  readonly #told = new Map<RoomId, number>();

  constructor(clock: Clock, send: (frame: TypingFrame) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The text of the room's next message has changed. */
  changed(room: RoomId, text: string): void {
    if (text.trim() === '' || /^\/(?!\/)/u.test(text)) return;
    const now = this.#clock.elapsed();
    if (now - (this.#told.get(room) ?? -Infinity) < pause) return;
    if (this.#send(clientFrames.typing(room))) this.#told.set(room, now);
  }

  /** What was written is said: the next one is news again. */
  said(room: RoomId): void {
    this.#told.delete(room);
  }
}
