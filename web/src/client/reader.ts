import type { Clock } from '../connection/clock';
import { clientFrames, type Read } from '../wire/client-frames';
import type { RoomId } from '../wire/types';

/** Read positions are told at most this often, in milliseconds: a busy room would else ask for a write at each message. */
const pause = 1_000;

/** Tells the server how far one has read: the newest position of each room, coalesced, again after a reconnect. */
export class Reader {
  readonly #clock: Clock;
  readonly #send: (frame: Read) => boolean;
  readonly #untold = new Map<RoomId, number>();
  #resting = false;

  constructor(clock: Clock, send: (frame: Read) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  tell(room: RoomId, seq: number): void {
    this.#untold.set(room, seq);
    if (!this.#resting) this.flush();
  }

  forget(): void {
    this.#untold.clear();
  }

  flush(): void {
    if (this.#untold.size === 0) return;
    for (const [room, seq] of this.#untold) {
      if (!this.#send(clientFrames.read(room, seq))) return;
      this.#untold.delete(room);
    }
    this.#rest();
  }

  #rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#clock.after(pause, () => {
      this.#resting = false;
      this.flush();
    });
  }
}
