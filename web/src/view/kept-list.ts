import { createSignal, type Accessor } from 'solid-js';
import { recentPrefix } from '../client/recent';
import type { KeyValue } from '../outbox/key-value';

/** A short list that this browser remembers, the last touched first. */
export class KeptList<T extends string> {
  readonly #items = createSignal<readonly T[]>([]);
  readonly #keys: KeyValue;
  readonly #key: string;
  readonly #most: number;

  readonly items: Accessor<readonly T[]> = this.#items[0];

  constructor(keys: KeyValue, name: string, most: number) {
    this.#keys = keys;
    this.#key = recentPrefix + name;
    this.#most = most;
    this.#items[1](read(keys.get(this.#key)) as T[]);
  }

  touch(item: T): void {
    // As it stands now: another tab has touched others meanwhile, or it was forgotten.
    const items = read(this.#keys.get(this.#key)) as T[];
    if (items[0] !== item) this.#save([item, ...items.filter((other) => other !== item)].slice(0, this.#most));
  }

  clear(): void {
    this.#save([]);
  }

  #save(items: readonly T[]): void {
    this.#items[1](items);
    if (items.length === 0) this.#keys.remove(this.#key);
    else this.#keys.set(this.#key, JSON.stringify(items));
  }
}

/** What is remembered, to be read. */
export function recentOf<T extends string>(keys: KeyValue, name: string): readonly T[] {
  return read(keys.get(recentPrefix + name)) as T[];
}

/** Whatever stands there may be of an older page, or of somebody who tried the console. */
function read(text: string | null): string[] {
  try {
    const items: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(items) ? items.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
