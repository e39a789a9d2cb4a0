import { createSignal, type Accessor } from 'solid-js';
import type { KeyValue } from '../outbox/key-value';
import type { RoomId } from '../wire/types';

const prefix = 'minato.draft.';

/** What was typed but not sent, for each room: on disk with each key that is pressed. */
export class Drafts {
  readonly #keys: KeyValue;
  readonly #rooms;
  /** What this page last saw on disk, by its key: anything else there is another tab's. */
  readonly #seen = new Map<string, string>();
  /** What was typed in this page and stands in a composer. */
  readonly #typed = new Map<string, string>();
  readonly #forgotten = createSignal(0);

  /** How often all of them were forgotten: whoever shows one looks again. */
  readonly forgotten: Accessor<number> = this.#forgotten[0];

  constructor(keys: KeyValue) {
    this.#keys = keys;
    this.#rooms = createSignal<ReadonlySet<string>>(new Set(this.#kept().map((key) => key.slice(prefix.length))));
  }

  /** Whether something waits there to be said. */
  has(room: RoomId): boolean {
    return this.#rooms[0]().has(room);
  }

  /** @param thread The seq of the message that is answered in a thread of its own; undefined: what is said in the room. */
  load(room: RoomId, thread?: number): string {
    const text = this.#keys.get(keyOf(room, thread)) ?? '';
    this.#seen.set(keyOf(room, thread), text);
    return text;
  }

  save(room: RoomId, text: string, thread?: number): void {
    const key = keyOf(room, thread);
    if (text === '') this.#clear(key);
    else this.#write(key, text);
    if (thread === undefined) this.#mark(room, (this.#keys.get(key) ?? '').trim() !== '');
  }

  /** Its composer goes: what was typed there is on disk, whatever another tab wrote over it. */
  leave(room: RoomId, thread?: number): void {
    const text = this.#typed.get(keyOf(room, thread));
    if (text !== undefined) this.save(room, text, thread);
    this.#typed.delete(keyOf(room, thread));
  }

  /** The same of all that is typed, when the page goes. */
  flush(): void {
    for (const [key, text] of this.#typed) this.#keys.set(key, text);
  }

  /** For whoever leaves a screen at which others sit down, too. */
  forget(): void {
    for (const key of this.#kept()) this.#keys.remove(key);
    this.#typed.clear();
    this.#rooms[1](new Set<string>());
    this.#forgotten[1]((times) => times + 1);
  }

  #write(key: string, text: string): void {
    this.#keys.set(key, text);
    this.#seen.set(key, text);
    this.#typed.set(key, text);
  }

  #clear(key: string): void {
    if (this.#keys.get(key) === this.#seen.get(key)) this.#keys.remove(key);
    this.#seen.set(key, this.#keys.get(key) ?? '');
    this.#typed.delete(key);
  }

  #mark(room: RoomId, has: boolean): void {
    if (has === this.has(room)) return;
    const rooms = new Set(this.#rooms[0]());
    if (has) rooms.add(room);
    else rooms.delete(room);
    this.#rooms[1](rooms);
  }

  #kept(): string[] {
    return this.#keys.keys().filter((key) => key.startsWith(prefix));
  }
}

function keyOf(room: RoomId, thread: number | undefined): string {
  return `${prefix}${room}${thread === undefined ? '' : `.thread.${thread}`}`;
}
