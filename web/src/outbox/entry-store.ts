import type { UserId } from '../wire/types';
import type { Entry } from './entry';
import type { KeyValue } from './key-value';

/** `nobody` is a guest without a durable id yet. */
export type Owner = UserId | 'nobody';

/** The server knows a client id for 30 days; an older entry could become a second message. */
const lifetime = 30 * 24 * 3_600_000;

/** The outbox on disk: one key for each entry, so that two tabs never overwrite each other's. */
export class EntryStore {
  readonly #keys: KeyValue;

  constructor(keys: KeyValue) {
    this.#keys = keys;
  }

  /** In the order they were written. */
  load(owner: Owner, now: number): Entry[] {
    const entries: Entry[] = [];
    for (const key of this.#keys.keys().filter((key) => key.startsWith(prefix(owner))).sort()) {
      const entry = parse(this.#keys.get(key));
      if (entry !== null && now - entry.ts < lifetime) entries.push(entry);
      else this.#keys.remove(key);
    }
    return entries;
  }

  put(owner: Owner, entry: Entry): void {
    const { cid, room, body, replyTo, joins, ts, state, code } = entry;
    this.#keys.set(prefix(owner) + cid, JSON.stringify({ cid, room, body, replyTo, joins, ts, state, code }));
  }

  remove(owner: Owner, cid: string): void {
    this.#keys.remove(prefix(owner) + cid);
  }
}

function prefix(owner: Owner): string {
  return `minato.outbox.${owner}.`;
}

function parse(text: string | null): Entry | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Entry> | null;
    const whole = typeof value?.cid === 'string' && typeof value.room === 'string' && typeof value.body === 'string'
      && (value.replyTo === undefined || typeof value.replyTo === 'number')
      && typeof value.ts === 'number' && (value.state === 'pending' || value.state === 'failed');
    return whole ? (value as Entry) : null;
  } catch {
    return null;
  }
}
