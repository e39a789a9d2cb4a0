import type { HeartbeatTimes } from '../wire/types';
import type { Clock } from './clock';

/** How long a suspected connection has to show that it lives, in milliseconds. */
const probeTime = 5_000;

/** Pings when nothing was said, or nothing heard, for `interval`; calls `dead` when nothing was heard for `timeout`. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #times: HeartbeatTimes;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #said: number;
  #heard: number;
  #pinged: number;
  /** A sign of life since death was last awaited. Not read off the clock: on loopback a pong comes within the same millisecond. */
  #sign = false;
  #cancelPing: () => void = () => {};
  #cancelDeath: () => void = () => {};

  constructor(clock: Clock, times: HeartbeatTimes, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#times = times;
    this.#ping = ping;
    this.#dead = dead;
    this.#said = this.#heard = this.#pinged = clock.elapsed();
    this.#awaitSilence();
    this.#awaitDeath(this.#times.timeout);
  }

  said(): void {
    this.#said = this.#clock.elapsed();
  }

  heard(): void {
    this.#heard = this.#clock.elapsed();
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
    this.#cancelPing = this.#clock.after(Math.max(this.#due() - this.#clock.elapsed(), 0), () => {
      if (this.#clock.elapsed() >= this.#due()) this.#sayPing();
      this.#awaitSilence();
    });
  }

  /** Who says much that is never answered would else take a living server for dead. */
  #due(): number {
    return Math.min(this.#said, Math.max(this.#heard, this.#pinged)) + this.#times.interval;
  }

  #sayPing(): void {
    this.said();
    this.#pinged = this.#clock.elapsed();
    this.#ping();
  }

  #awaitDeath(patience: number): void {
    this.#cancelDeath();
    this.#sign = false;
    this.#cancelDeath = this.#clock.after(patience, () => {
      const silence = this.#clock.elapsed() - this.#heard;
      if (this.#sign) this.#awaitDeath(Math.max(this.#times.timeout - silence, 1));
      else this.#dead();
    });
  }
}
