import type { KeyValue } from '../outbox/key-value';

/** localStorage, with memory behind it: it may be missing (private windows), full, or throw at any call (blocked cookies). */
export class BrowserStorage implements KeyValue {
  readonly #memory = new Map<string, string>();

  get(key: string): string | null {
    return this.#memory.get(key) ?? attempt(() => localStorage.getItem(key)) ?? null;
  }

  set(key: string, value: string): void {
    const stored = attempt(() => {
      localStorage.setItem(key, value);
      return true;
    });
    if (stored) this.#memory.delete(key);
    else this.#memory.set(key, value);
  }

  remove(key: string): void {
    this.#memory.delete(key);
    attempt(() => localStorage.removeItem(key));
  }

  keys(): string[] {
    return [...new Set([...this.#memory.keys(), ...(attempt(() => Object.keys(localStorage)) ?? [])])];
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
