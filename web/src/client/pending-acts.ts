import { createSignal } from 'solid-js';
import type { PendingAct } from '../model/pending-act';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { RoomId } from '../wire/types';

interface Underway {
  readonly room: RoomId;
  readonly seq: number;
  readonly act: PendingAct;
  /** The event that it became; undefined until it is answered. */
  readonly saved?: number;
}

/** What was refused, and why: a code of the protocol. */
export interface Refused {
  readonly act: PendingAct;
  readonly code: string;
  readonly retryAfter?: number | undefined;
}

const none: readonly PendingAct[] = [];

/** Acts on messages from the moment they are done until the log says them: shown at once, and taken back when they are refused. */
export class PendingActs {
  readonly #last: (room: RoomId) => number;
  readonly #underway = createSignal<readonly Underway[]>([]);
  /** The last of each kind of act on a message that is not answered yet. */
  readonly #turns = new Map<string, Promise<OkFrame | ErrorFrame>>();
  readonly #refused = createSignal<ReadonlyMap<string, Refused>>(new Map());

  /** @param last The newest event of the room that is known. */
  constructor(last: (room: RoomId) => number) {
    this.#last = last;
  }

  of(room: RoomId, seq: number): readonly PendingAct[] {
    const all = this.#underway[0]();
    if (all.length === 0) return none;
    return all.filter((one) => one.room === room && one.seq === seq && !this.#isSaid(one)).map((one) => one.act);
  }

  /** Why the newest act on this message was refused, until the next one, or until it is `forgiven`. */
  refused(room: RoomId, seq: number): Refused | undefined {
    return this.#refused[0]().get(key(room, seq));
  }

  forgive(room: RoomId, seq: number): void {
    if (!this.#refused[0]().has(key(room, seq))) return;
    const rest = new Map(this.#refused[0]());
    rest.delete(key(room, seq));
    this.#refused[1](rest);
  }

  async carryOut(room: RoomId, seq: number, act: PendingAct, ask: () => Promise<OkFrame | ErrorFrame>): Promise<OkFrame | ErrorFrame> {
    const one: Underway = { room, seq, act };
    this.forgive(room, seq);
    this.#underway[1]((all) => [...all.filter((other) => !this.#isSaid(other)), one]);
    const answer = await this.#inTurn(turnOf(one), ask);
    this.#underway[1]((all) => all.flatMap((other) => (other !== one ? [other] : answer.op === 'ok' ? [{ ...one, saved: answer.seq ?? 0 }] : [])));
    if (answer.op === 'error') this.#refused[1]((all) => new Map(all).set(key(room, seq), { act, code: answer.code, retryAfter: answer.retryAfter }));
    return answer;
  }

  /** The server may put off what was asked first: what changes the same thing waits until that is answered, or the older one would be the last. */
  async #inTurn(turn: string, ask: () => Promise<OkFrame | ErrorFrame>): Promise<OkFrame | ErrorFrame> {
    const asking = this.#turns.get(turn)?.then((before) => (before.op === 'error' && before.code === 'identity_changed' ? before : ask())) ?? ask();
    this.#turns.set(turn, asking);
    const answer = await asking;
    if (this.#turns.get(turn) === asking) this.#turns.delete(turn);
    return answer;
  }

  /** `ok` comes before the event: until that is here, the act is what is known of it. */
  #isSaid({ room, saved }: Underway): boolean {
    return saved !== undefined && saved <= this.#last(room);
  }
}

function turnOf({ room, seq, act }: Underway): string {
  return `${key(room, seq)}:${act.kind}${act.kind === 'react' ? act.emoji : ''}`;
}

function key(room: RoomId, seq: number): string {
  return `${room}:${seq}`;
}
