import type { KeyValue } from '../../outbox/key-value';
import type { RoomId } from '../../wire/types';

const prefix = 'minato.draft.';

/** What was typed but not sent, for each room. */
export class Draft {
  readonly #keys: KeyValue;
  readonly #key: string;

  constructor(keys: KeyValue, room: RoomId) {
    this.#keys = keys;
    this.#key = `${prefix}${room}`;
  }

  load(): string {
    return this.#keys.get(this.#key) ?? '';
  }

  save(text: string): void {
    if (text === '') this.#keys.remove(this.#key);
    else this.#keys.set(this.#key, text);
  }
}

/** For whoever leaves a screen at which others sit down, too. */
export function forgetDrafts(keys: KeyValue): void {
  for (const key of keys.keys()) if (key.startsWith(prefix)) keys.remove(key);
}
