import type { SessionKeeper } from '../connection/connection';
import type { KeyValue } from '../outbox/key-value';

const key = 'minato.session';

/** The session secret, kept so that a guest is the same person tomorrow. This page goes on as who it was, whatever other tabs save. */
export class Session implements SessionKeeper {
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
}

/** In another app's page nothing is kept: whoever opens the app tomorrow may be somebody else, and the app says who. */
export class MemorySession implements SessionKeeper {
  #own: string | null = null;

  load(): string | null {
    return this.#own;
  }

  save(session: string): void {
    this.#own = session;
  }
}
