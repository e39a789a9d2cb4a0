import type { Message, User } from '../../wire/types';
import type { Entry } from '../../outbox/entry';

/** A line of the log: a message of the room, or one of ours on its way. */
export interface Row extends Omit<Message, 'seq' | 'post'> {
  readonly seq?: number | undefined;
  readonly entry?: Entry;
}

export function entryRow(entry: Entry, from: User): Row {
  return { entry, from, seq: entry.seq, ts: entry.ts, body: entry.body };
}

export function rowState(row: Row): 'ok' | 'pending' | 'failed' {
  const state = row.entry?.state ?? 'saved';
  return state === 'saved' ? 'ok' : state;
}
