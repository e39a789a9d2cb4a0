import { createSignal } from 'solid-js';
import type { ErrorFrame, ReceiptsFrame } from '../../wire/server-frames';
import type { Receipt, RoomId, User, UserId } from '../../wire/types';

export type ReadBy = ReadonlyMap<UserId, Receipt>;

const nobody: ReadBy = new Map();

/**
 * How far others have read (既読), for the rooms that are open: asked for when one is opened, moved on by what is told, and by what they post
 * themselves. A position only moves forward, so that nothing that comes late or twice does harm, and what is lost is made good by the next.
 */
export class Receipts {
  readonly #ask: (room: RoomId) => Promise<ReceiptsFrame | ErrorFrame>;
  readonly #isMe: (user: UserId) => boolean;
  readonly #rooms = createSignal<ReadonlyMap<RoomId, ReadBy>>(new Map());
  readonly #open = new Map<RoomId, number>();

  constructor(ask: (room: RoomId) => Promise<ReceiptsFrame | ErrorFrame>, isMe: (user: UserId) => boolean) {
    this.#ask = ask;
    this.#isMe = isMe;
  }

  of(room: RoomId): ReadBy {
    return this.#rooms[0]().get(room) ?? nobody;
  }

  /** Holds a room's receipts until the returned function is called. For members. */
  open(room: RoomId): () => void {
    this.#open.set(room, (this.#open.get(room) ?? 0) + 1);
    void this.refresh(room);
    let isClosed = false;
    return () => {
      if (isClosed) return;
      isClosed = true;
      const left = this.#open.get(room)! - 1;
      if (left > 0) this.#open.set(room, left);
      else {
        this.#open.delete(room);
        this.#set(room, undefined);
      }
    };
  }

  /** Asks again: in a large room nothing is told, and what is told may be lost. */
  async refresh(room: RoomId): Promise<void> {
    if (!this.#open.has(room)) return;
    const answer = await this.#ask(room);
    if (answer.op === 'receipts') this.told(answer);
  }

  told({ room, receipts }: { readonly room: RoomId; readonly receipts: readonly Receipt[] }): void {
    if (!this.#open.has(room)) return;
    const held = new Map(this.of(room));
    for (const receipt of receipts) {
      const known = held.get(receipt.user.id);
      if (!this.#isMe(receipt.user.id) && (known === undefined || known.seq < receipt.seq)) held.set(receipt.user.id, receipt);
    }
    this.#set(room, held);
  }

  /** Who posts has read as far. */
  posted(room: RoomId, user: User, seq: number): void {
    if (this.#open.has(room)) this.told({ room, receipts: [{ user, seq }] });
  }

  /** Who is no member any more has no read position. */
  left(room: RoomId, user: UserId): void {
    if (!this.of(room).has(user)) return;
    const held = new Map(this.of(room));
    held.delete(user);
    this.#set(room, held);
  }

  /** A connection has begun anew, maybe as somebody else. */
  begin(): void {
    this.#rooms[1](new Map());
    for (const room of this.#open.keys()) void this.refresh(room);
  }

  #set(room: RoomId, held: ReadBy | undefined): void {
    const rooms = new Map(this.#rooms[0]());
    if (held === undefined) rooms.delete(room);
    else rooms.set(room, held);
    this.#rooms[1](rooms);
  }
}
