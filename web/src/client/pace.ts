import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import type { RoomId } from '../wire/types';

/** When one may post next in rooms of slow mode, as far as this page has seen: by an own post, or by the server's refusal. */
export class Pace {
  readonly #clock: Clock;
  readonly #next = createSignal<ReadonlyMap<RoomId, number>>(new Map());

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Not before then, in milliseconds since 1970 UTC by this machine's clock; 0 where nothing is known. */
  next(room: RoomId): number {
    return this.#next[0]().get(room) ?? 0;
  }

  /** @param ms How long from now on, in milliseconds. */
  wait(room: RoomId, ms: number): void {
    this.#next[1](new Map(this.#next[0]()).set(room, this.#clock.now() + ms));
  }

  /**
   * One has posted there, and may again after so many seconds. The event may be an old one, told only now; a server's clock that is
   * ahead of this machine's makes nobody wait longer.
   * @param ts When, in milliseconds since 1970 UTC by the server's clock.
   */
  posted(room: RoomId, ts: number, seconds: number): void {
    const left = seconds * 1_000 - Math.max(this.#clock.now() - ts, 0);
    if (left > 0) this.wait(room, left);
  }

  /** Slow mode ended, or it is somebody else's turn. */
  forget(room?: RoomId): void {
    const next = room === undefined ? new Map<RoomId, number>() : new Map(this.#next[0]());
    if (room !== undefined && !next.delete(room)) return;
    this.#next[1](next);
  }
}
