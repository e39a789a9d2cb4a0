import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import { clientFrames, type Send } from '../wire/client-frames';
import { retryDelay } from '../wire/error-codes';
import type { ErrorFrame, OkFrame, PostEvent } from '../wire/server-frames';
import type { RoomId } from '../wire/types';
import type { Entry } from './entry';
import type { EntryStore, Owner } from './entry-store';

export interface OutboxPorts {
  readonly store: EntryStore;
  readonly clock: Clock;
  readonly nextCid: () => string;
  /** False when there is no connection. */
  readonly send: (frame: Send) => boolean;
  /** Asks until it is answered, over a loss of the connection as well. */
  readonly join: (room: RoomId) => Promise<OkFrame | ErrorFrame>;
  /** The last `seq` applied of a room. */
  readonly last: (room: RoomId) => number;
  /** The room's slow mode lets nothing through for so many milliseconds. */
  readonly slowed: (room: RoomId, ms: number) => void;
}

/**
 * Messages from the moment they are written until the server has answered. One at a time goes out for each room: only so
 * they keep their order when one of them is answered by `busy`.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #entries = createSignal<readonly Entry[]>([]);
  readonly #underway = new Map<RoomId, string>();
  readonly #retries = new Map<RoomId, () => void>();
  readonly #joining = new Set<RoomId>();
  #owner: Owner | null = null;
  /** Whether the owner can come back to what they wrote, whoever sits here meanwhile. */
  #comesBack = false;

  /** In the order they were written. */
  readonly entries = this.#entries[0];

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /**
   * The outbox is this user's from now on: what an earlier page left behind is taken up again.
   * @param hasAccount Whoever has one finds it again when they come back; a guest whom the server forgot does not.
   */
  adopt(owner: Owner, hasAccount: boolean): void {
    const { store, clock } = this.#ports;
    const isTheirs = this.#comesBack;
    this.#comesBack = hasAccount;
    if (owner === this.#owner) return;
    if (isTheirs) this.leave();
    const strangers = this.entries();
    const previous = this.#owner;
    this.#owner = owner;
    this.#rest();
    this.#entries[1](store.load(owner, clock.now()));
    // The server forgot who we were. Nothing may be sent under a new name unasked, and nothing may be lost.
    for (const entry of strangers) {
      if (previous !== null) store.remove(previous, entry.cid);
      if (entry.state !== 'saved') this.#put({ ...entry, state: 'failed', code: 'identity_changed', seq: undefined });
    }
  }

  /** The owner has left this screen: nothing of theirs stays in sight, and on disk it waits for them. */
  leave(): void {
    this.#rest();
    this.#owner = null;
    this.#entries[1]([]);
  }

  /** @param replyTo The seq of the message that it answers. @param joins Whether to join first. */
  add(room: RoomId, body: string, replyTo?: number, joins = false): void {
    this.#put({ cid: this.#ports.nextCid(), room, body, replyTo, joins: joins || undefined, ts: this.#ports.clock.now(), state: 'pending' });
    this.#pump();
  }

  /** Everything unanswered goes out again under its old cid: the server knows whether it has it already. */
  online(): void {
    this.#rest();
    this.#pump();
  }

  /** Whether the frame answers a message of ours. */
  answered(frame: OkFrame | ErrorFrame): boolean {
    const entry = this.entries().find((entry) => entry.cid === frame.cid);
    if (entry === undefined) return false;
    if (this.#underway.get(entry.room) === entry.cid) this.#underway.delete(entry.room);
    if (frame.op === 'ok') this.#saved(entry, frame);
    else this.#refused(entry, frame);
    this.#pump();
    return true;
  }

  /**
   * An own post arrived. In a replay it comes before the `ok` that names it; were it not known by its text, it would be seen
   * twice until then. A wrong guess only hides the pending copy a little early: `ok` or `error` still decide.
   */
  arrived(event: PostEvent): void {
    const here = this.entries().filter((entry) => entry.room === event.room);
    const saved = here.filter((entry) => entry.state === 'saved' && !(entry.seq! > event.seq));
    for (const entry of saved) this.#drop(entry);
    if (saved.some((entry) => entry.seq === event.seq)) return;
    const twin = here.find((entry) => entry.state === 'pending' && entry.seq === undefined && entry.body === event.body && entry.replyTo === event.replyTo);
    if (twin !== undefined) this.#show({ ...twin, seq: event.seq });
  }

  discard(cid: string): void {
    const entry = this.entries().find((entry) => entry.cid === cid);
    if (entry?.state === 'failed') this.#drop(entry);
  }

  #saved(entry: Entry, { seq = 0, ts }: OkFrame): void {
    if (seq <= this.#ports.last(entry.room)) this.#drop(entry);
    else {
      // Its own event follows; until then it stays in sight, but needs no place on disk any more.
      this.#erase(entry);
      this.#show({ ...entry, state: 'saved', seq, ts: ts ?? entry.ts });
    }
  }

  #refused(entry: Entry, frame: ErrorFrame): void {
    const delay = retryDelay(frame);
    if (frame.code === 'slow_mode' && frame.retryAfter !== undefined) this.#ports.slowed(entry.room, frame.retryAfter);
    if (delay === null) return this.#put({ ...entry, state: 'failed', code: frame.code, seq: undefined });
    this.#retries.set(entry.room, this.#ports.clock.after(delay, () => {
      this.#retries.delete(entry.room);
      this.#pump();
    }));
  }

  #pump(): void {
    for (const entry of this.entries()) {
      if (entry.state !== 'pending' || this.#underway.has(entry.room) || this.#retries.has(entry.room) || this.#joining.has(entry.room)) continue;
      if (entry.joins) void this.#join(entry.room);
      else if (!this.#ports.send(clientFrames.send(entry.cid, entry.room, entry.body, entry.replyTo))) return;
      else this.#underway.set(entry.room, entry.cid);
    }
  }

  /** One joining serves all that is written meanwhile, and keeps its order. */
  async #join(room: RoomId): Promise<void> {
    this.#joining.add(room);
    const owner = this.#owner;
    const answer = await this.#ports.join(room);
    this.#joining.delete(room);
    // What somebody else has written since asks for itself.
    const waiting = owner === this.#owner ? this.entries().filter((entry) => entry.room === room && entry.state === 'pending' && entry.joins) : [];
    for (const entry of waiting) this.#put(answer.op === 'ok' ? { ...entry, joins: undefined } : { ...entry, state: 'failed', code: answer.code });
    this.#pump();
  }

  #rest(): void {
    this.#underway.clear();
    for (const cancel of this.#retries.values()) cancel();
    this.#retries.clear();
  }

  #put(entry: Entry): void {
    this.#ports.store.put(this.#owner ?? 'nobody', entry);
    this.#show(entry);
  }

  #show(entry: Entry): void {
    const entries = this.entries();
    const known = entries.some((other) => other.cid === entry.cid);
    this.#entries[1](known ? entries.map((other) => (other.cid === entry.cid ? entry : other)) : [...entries, entry]);
  }

  #erase(entry: Entry): void {
    this.#ports.store.remove(this.#owner ?? 'nobody', entry.cid);
  }

  #drop(entry: Entry): void {
    this.#erase(entry);
    this.#entries[1](this.entries().filter((other) => other.cid !== entry.cid));
  }
}
