import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import type { ErrorFrame, SearchFrame } from '../wire/server-frames';
import type { Hit, RoomId, RoomName } from '../wire/types';

export interface Wanted {
  readonly query: string;
  /** In this room only; undefined: everywhere. */
  readonly room: RoomId | undefined;
}

export interface Found {
  /** What was asked; null before anything was. */
  readonly wanted: Wanted | null;
  /** Newest first. */
  readonly hits: readonly Hit[];
  readonly rooms: ReadonlyMap<RoomId, RoomName>;
  /** Where the next page begins; undefined: that was all. */
  readonly next: number | undefined;
  /** False while the server still builds its index. */
  readonly complete: boolean;
  readonly error: ErrorFrame | null;
}

type Ask = (query: string, where: { readonly room?: RoomId; readonly before?: number }) => Promise<SearchFrame | ErrorFrame>;

/** From the last key to the question, in milliseconds: as long as a pause in typing, and gentle to the server's two searches a second. */
const pause = 250;
/** Pages without a hit that are passed by themselves, each 2,000 candidates or a second of the server's: then the person decides. */
const patience = 5;

const nothing: Found = { wanted: null, hits: [], rooms: new Map(), next: undefined, complete: true, error: null };

/** A search as one types it. One question is under way at a time, so that only the newest one ever waits behind a limit. */
export class Searcher {
  readonly #found = createSignal<Found>(nothing);
  readonly #busy = createSignal(false);
  readonly #ask: Ask;
  readonly #clock: Clock;
  #wanted: Wanted | null = null;
  #cancel = (): void => {};
  #asking = false;
  /** Whether the pause was over while an older answer was still awaited. */
  #due = false;

  readonly found = this.#found[0];
  /** Whether an answer to what is wanted now is still to come. */
  readonly busy = this.#busy[0];

  constructor(ask: Ask, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Asks when typing has paused. An empty query asks nothing, and shows nothing. */
  look(query: string, room?: RoomId): void {
    const text = query.trim();
    if (this.#wanted !== null && text === this.#wanted.query && room === this.#wanted.room) return;
    this.#cancel();
    this.#due = false;
    this.#wanted = text === '' ? null : { query: text, room };
    this.#busy[1](this.#wanted !== null);
    if (this.#wanted === null) this.#found[1](nothing);
    else this.#cancel = this.#clock.after(pause, () => void this.#run());
  }

  /** Asks again, and at once: after an error, or when the person will not wait. */
  now(): void {
    if (this.#wanted === null) return;
    this.#cancel();
    this.#busy[1](true);
    void this.#run();
  }

  /** Adds the next page, passing empty ones for a while. */
  async more(): Promise<void> {
    const { wanted, next } = this.#found[0]();
    if (this.#asking || this.#busy[0]() || wanted === null || next === undefined) return;
    this.#busy[1](true);
    await this.#pages(wanted, next);
  }

  /** Nobody looks any more. */
  stop(): void {
    this.#cancel();
    this.#wanted = null;
  }

  async #run(): Promise<void> {
    const wanted = this.#wanted;
    this.#due = this.#asking;
    if (!this.#asking && wanted !== null) await this.#pages(wanted, undefined);
  }

  async #pages(wanted: Wanted, first: number | undefined): Promise<void> {
    this.#asking = true;
    let before = first;
    for (let pages = 0; pages < patience; pages++) {
      const answer = await this.#ask(wanted.query, { ...(wanted.room && { room: wanted.room }), ...(before !== undefined && { before }) });
      if (wanted !== this.#wanted) break;
      this.#found[1](add(before === undefined ? { ...nothing, wanted } : this.#found[0](), answer));
      if (answer.op === 'error' || answer.results.length > 0 || answer.next === undefined) break;
      before = answer.next;
    }
    this.#asking = false;
    if (wanted === this.#wanted) this.#busy[1](false);
    if (this.#due) await this.#run();
  }
}

function add(found: Found, answer: SearchFrame | ErrorFrame): Found {
  if (answer.op === 'error') return { ...found, error: answer };
  return {
    ...found,
    hits: [...found.hits, ...answer.results],
    rooms: new Map([...found.rooms, ...answer.rooms.map((room) => [room.id, room] as const)]),
    next: answer.next,
    complete: found.complete && answer.complete,
    error: null,
  };
}
