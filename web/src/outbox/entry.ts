import type { RoomId } from '../wire/types';

/** A message on its way. */
export interface Entry {
  readonly cid: string;
  readonly room: RoomId;
  readonly body: string;
  /** The seq of the message that it answers. */
  readonly replyTo?: number | undefined;
  /** When it was written, by this machine's clock; by the server's once it is saved. */
  readonly ts: number;
  /** Written by somebody who only looked on: they join before it goes out. */
  readonly joins?: true | undefined;
  readonly state: 'pending' | 'saved' | 'failed';
  /** Why it failed: a code of the protocol, or `identity_changed`. */
  readonly code?: string | undefined;
  /** The event that it became: told by `ok`, or guessed from an own post with the same text. */
  readonly seq?: number | undefined;
}

/** Whether the entry is shown: not any more once the room's log, which ends at `last`, has its event. */
export function shown(entry: Entry, last: number): boolean {
  return entry.seq === undefined || entry.seq > last;
}
