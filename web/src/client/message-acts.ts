import { clientFrames } from '../wire/client-frames';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { RoomId } from '../wire/types';
import type { PendingActs } from './pending-acts';
import type { Requests } from './requests';

type Answer = Promise<OkFrame | ErrorFrame>;

/** What is done to a message that is there, seen at once. Who may is the server's to say. */
export class MessageActs {
  readonly #ask: Requests['ask'];
  readonly #nextCid: () => string;
  readonly #now: () => number;
  readonly pending: PendingActs;

  constructor(requests: Requests, pending: PendingActs, nextCid: () => string, now: () => number) {
    this.#ask = requests.ask.bind(requests);
    this.#nextCid = nextCid;
    this.#now = now;
    this.pending = pending;
  }

  readonly edit = (room: RoomId, seq: number, body: string): Answer =>
    this.pending.carryOut(room, seq, { kind: 'edit', body, at: this.#now() }, () => this.#ask(clientFrames.edit(this.#nextCid(), room, seq, body)));
  readonly react = (room: RoomId, seq: number, emoji: string, on: boolean): Answer =>
    this.pending.carryOut(room, seq, { kind: 'react', emoji, on }, () => this.#ask(clientFrames.react(this.#nextCid(), room, seq, emoji, on)));
  readonly pin = (room: RoomId, seq: number, on: boolean): Answer =>
    this.pending.carryOut(room, seq, { kind: 'pin', on }, () => this.#ask(clientFrames.pin(this.#nextCid(), room, seq, on)));
  /** Erases every body that it ever had. */
  readonly delete = (room: RoomId, seq: number): Answer =>
    this.pending.carryOut(room, seq, { kind: 'delete', at: this.#now() }, () => this.#ask(clientFrames.delete(this.#nextCid(), room, seq)));
  /** Tells those who run the server of it; nobody else hears of it. */
  readonly report = (room: RoomId, seq: number, reason: string): Answer => this.#ask(clientFrames.report(this.#nextCid(), room, seq, reason));
}
