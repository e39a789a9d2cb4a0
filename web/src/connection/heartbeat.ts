import type { HeartbeatTimes } from '../wire/types';
import type { Clock } from './clock';

/** How long a suspected connection has to show that it lives, in milliseconds. */
const probeTime = 5_000;

/** Pings when nothing was said for `interval`; calls `dead` when nothing was heard for `timeout`. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #times: HeartbeatTimes;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #said: number;
  #heard: number;
  /** A sign of life since death was last awaited. Not read off the clock: on loopback a pong comes within the same millisecond. */
  #sign = false;
  #cancelPing: () => void = () => {};
  #cancelDeath: () => void = () => {};

  constructor(clock: Clock, times: HeartbeatTimes, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#times = times;
    this.#ping = ping;
    this.#dead = dead;
    this.#said = this.#heard = clock.now();
    this.#awaitSilence();
    this.#awaitDeath(this.#times.timeout);
  }

  said(): void {
    this.#said = this.#clock.now();
  }

  heard(): void {
    this.#heard = this.#clock.now();
    this.#sign = true;
  }

  /** The network may have changed under us: ask now, and wait a short time only. */
  probe(): void {
    this.#sayPing();
    this.#awaitDeath(probeTime);
  }

  stop(): void {
    this.#cancelPing();
    this.#cancelDeath();
  }

  // Timers are not moved at each frame: a busy room would do nothing else. They look back when they ring.
  #awaitSilence(): void {
    const due = this.#said + this.#times.interval - this.#clock.now();
    this.#cancelPing = this.#clock.after(Math.max(due, 0), () => {
      if (this.#clock.now() - this.#said >= this.#times.interval) this.#sayPing();
      this.#awaitSilence();
    });
  }

  #sayPing(): void {
    this.said();
    this.#ping();
  }

  #awaitDeath(patience: number): void {
    this.#cancelDeath();
    this.#sign = false;
    this.#cancelDeath = this.#clock.after(patience, () => {
      const silence = this.#clock.now() - this.#heard;
      if (this.#sign) this.#awaitDeath(Math.max(this.#times.timeout - silence, 1));
      else this.#dead();
    });
  }
}
