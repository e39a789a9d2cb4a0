import type { KeyValue } from '../../outbox/key-value';
import type { RoomId } from '../../wire/types';

/** What was typed but not sent, for each room. */
export class Draft {
  readonly #keys: KeyValue;
  readonly #key: string;

  constructor(keys: KeyValue, room: RoomId) {
    this.#keys = keys;
    this.#key = `minato.draft.${room}`;
  }

  load(): string {
    return this.#keys.get(this.#key) ?? '';
  }

  save(text: string): void {
    if (text === '') this.#keys.remove(this.#key);
    else this.#keys.set(this.#key, text);
  }
}
