import type { SessionKeeper } from '../connection/connection';
import type { KeyValue } from '../outbox/key-value';

const key = 'minato.session';

/** A guest's session. Who has an account is known by a cookie instead, which no script can read. */
export interface GuestSession extends SessionKeeper {
  forget(): void;
}

/** The session secret, kept so that a guest is the same person tomorrow. This page goes on as who it was, whatever other tabs save. */
export class Session implements GuestSession {
  readonly #keys: KeyValue;
  #own: string | null;

  constructor(keys: KeyValue) {
    this.#keys = keys;
    this.#own = keys.get(key);
  }

  load(): string | null {
    return this.#own;
  }

  save(session: string): void {
    this.#own = session;
    this.#keys.set(key, session);
  }

  /** One that another tab has saved meanwhile stays. */
  forget(): void {
    if (this.#keys.get(key) === this.#own) this.#keys.remove(key);
    this.#own = null;
  }
}

/** In another app's page nothing is kept: whoever opens the app tomorrow may be somebody else, and the app says who. */
export class MemorySession implements GuestSession {
  #own: string | null = null;

  load(): string | null {
    return this.#own;
  }

  save(session: string): void {
    this.#own = session;
  }

  forget(): void {
    this.#own = null;
  }
}
