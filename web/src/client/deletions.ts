import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import type { KeyValue } from '../outbox/key-value';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { RoomId, UserId } from '../wire/types';

/** Milliseconds in which a deletion is taken back: as long as Gmail's shortest, and long enough to see what one did. */
export const undoTime = 5_000;
/** How much longer another page waits before it sends what a page that is gone has left: that one may only be slow. */
const grace = 3_000;

export interface DeletionPorts {
  readonly clock: Clock;
  readonly keys: KeyValue;
  /** Who is here; null: nobody yet. */
  readonly owner: () => UserId | null;
  readonly send: (room: RoomId, seq: number) => Promise<OkFrame | ErrorFrame>;
}

/**
 * Deletions that may still be undone. Each is on disk from the moment it was asked for until it is answered: a page that goes sends
 * what waits (`flush`), and what could not be sent is by the next one. What was undone is on no disk, and so is sent by nobody.
 */
export class Deletions {
  readonly #ports: DeletionPorts;
  readonly #waiting = createSignal<ReadonlyMap<string, () => void>>(new Map());
  #owner: UserId | null | undefined;

  constructor(ports: DeletionPorts) {
    this.#ports = ports;
  }

  has(room: RoomId, seq: number): boolean {
    return this.#waiting[0]().has(name(room, seq));
  }

  ask(room: RoomId, seq: number): void {
    const { clock, keys } = this.#ports;
    if (this.has(room, seq)) return;
    this.adopt();
    keys.set(this.#key(room, seq), String(clock.now() + undoTime));
    this.#wait(room, seq, undoTime);
  }

  undo(room: RoomId, seq: number): void {
    this.#ports.keys.remove(this.#key(room, seq));
    this.#stop(room, seq);
  }

  /** Whoever is here now: what an earlier page of theirs left is done, and nothing of anybody else. */
  adopt(): void {
    const owner = this.#ports.owner();
    if (owner === this.#owner) return;
    for (const cancel of this.#waiting[0]().values()) cancel();
    this.#waiting[1](new Map());
    this.#owner = owner;
    for (const key of this.#ports.keys.keys().filter((key) => key.startsWith(prefix(owner)))) {
      const [room, seq] = key.slice(prefix(owner).length).split('.') as [RoomId, string];
      const due = Number(this.#ports.keys.get(key));
      this.#wait(room, Number(seq), Math.min(Math.max(due + grace - this.#ports.clock.now(), 0), undoTime + grace));
    }
  }

  /** The page goes: nobody can undo anything any more. */
  flush(): void {
    for (const waiting of this.#waiting[0]().keys()) {
      const [room, seq] = waiting.split('.') as [RoomId, string];
      void this.#send(room, Number(seq));
    }
  }

  #wait(room: RoomId, seq: number, ms: number): void {
    const cancel = this.#ports.clock.after(ms, () => void this.#send(room, seq));
    this.#waiting[1]((all) => new Map(all).set(name(room, seq), cancel));
  }

  #stop(room: RoomId, seq: number): void {
    this.#waiting[0]().get(name(room, seq))?.();
    this.#waiting[1]((all) => new Map([...all].filter(([other]) => other !== name(room, seq))));
  }

  async #send(room: RoomId, seq: number): Promise<void> {
    const key = this.#key(room, seq);
    this.#stop(room, seq);
    // Undone in another tab, or done by it.
    if (this.#ports.keys.get(key) === null) return;
    const answer = await this.#ports.send(room, seq);
    // Somebody else came before it was sent: it stays on disk for whoever asked for it.
    if (answer.op === 'ok' || answer.code !== 'identity_changed') this.#ports.keys.remove(key);
  }

  #key(room: RoomId, seq: number): string {
    return prefix(this.#owner) + name(room, seq);
  }
}

function prefix(owner: UserId | null | undefined): string {
  return `minato.deleting.${owner ?? 'nobody'}.`;
}

function name(room: RoomId, seq: number): string {
  return `${room}.${seq}`;
}
