import { createSignal } from 'solid-js';
import type { ErrorFrame, EventFrame, MentionsFrame } from '../../wire/server-frames';
import type { RoomId, UserId } from '../../wire/types';
import type { Room } from '../room';

/** Mentions held of one room; no badge shows as many. */
const most = 1_000;

/** The seqs of messages that name one, and who wrote them. */
type Calls = ReadonlyMap<number, UserId>;

export interface MentionPorts {
  readonly ask: () => Promise<MentionsFrame | ErrorFrame>;
  /** Whether a body names oneself. */
  readonly namesMe: (body: string) => boolean;
  /** Of oneself and of whom one has blocked nothing counts. */
  readonly isHidden: (user: UserId) => boolean;
}

/**
 * In which rooms somebody has named one since one read there. The server is asked when a connection begins, events keep it true after that. What is
 * read counts no more, on whatever device: the number follows from the read position and is never counted down.
 */
export class MentionCounts {
  readonly #ports: MentionPorts;
  readonly #rooms = createSignal<ReadonlyMap<RoomId, Calls>>(new Map());
  /** Events that came while the server was asked: its answer may be older than they are. */
  #asking: EventFrame[] | null = null;

  constructor(ports: MentionPorts) {
    this.#ports = ports;
  }

  in(room: Room): number {
    if (!room.member) return 0;
    let count = 0;
    for (const [seq, from] of this.#rooms[0]().get(room.id) ?? []) if (seq > room.read && !this.#ports.isHidden(from)) count++;
    return count;
  }

  /** A connection has begun anew, maybe as somebody else: where nothing is unread there is nothing to ask. */
  async begin(hasUnread: boolean): Promise<void> {
    const meanwhile: EventFrame[] = [];
    this.#asking = meanwhile;
    if (!hasUnread) this.#rooms[1](new Map());
    else {
      const answer = await this.#ports.ask();
      if (this.#asking !== meanwhile) return;
      if (answer.op === 'mentions') this.#rooms[1](fromAnswer(answer));
    }
    this.#asking = null;
    for (const event of meanwhile) this.#apply(event);
  }

  event(event: EventFrame): void {
    this.#asking?.push(event);
    this.#apply(event);
  }

  gone(room: RoomId): void {
    this.#put(room, new Map());
  }

  #apply(event: EventFrame): void {
    switch (event.type) {
      case 'post':
        if (this.#isCall(event.body)) this.#add(event.room, event.seq, event.from.id);
        break;
      case 'edit':
        if (this.#isCall(event.body)) this.#add(event.room, event.target, event.from.id);
        else this.#keep(event.room, (seq) => seq !== event.target);
        break;
      case 'delete':
        this.#keep(event.room, (seq) => seq !== event.target);
        break;
      case 'erase':
        this.#keep(event.room, (seq, from) => from !== event.subject.id || seq > event.upTo);
        break;
      default: // Nothing else says or unsays a name.
    }
  }

  #isCall(body: string | undefined): boolean {
    return body !== undefined && this.#ports.namesMe(body);
  }

  #add(room: RoomId, seq: number, from: UserId): void {
    const calls = new Map(this.#rooms[0]().get(room)).set(seq, from);
    const [oldest] = calls.keys();
    if (calls.size > most) calls.delete(oldest!);
    this.#put(room, calls);
  }

  #keep(room: RoomId, stays: (seq: number, from: UserId) => boolean): void {
    const calls = this.#rooms[0]().get(room);
    if (calls !== undefined) this.#put(room, new Map([...calls].filter(([seq, from]) => stays(seq, from))));
  }

  #put(room: RoomId, calls: Calls): void {
    const rooms = new Map(this.#rooms[0]());
    if (calls.size > 0) rooms.set(room, calls);
    else if (!rooms.delete(room)) return;
    this.#rooms[1](rooms);
  }
}

function fromAnswer({ mentions }: MentionsFrame): ReadonlyMap<RoomId, Calls> {
  const rooms = new Map<RoomId, Map<number, UserId>>();
  for (const { room, message } of mentions) {
    const calls = rooms.get(room) ?? new Map<number, UserId>();
    rooms.set(room, calls.set(message.seq, message.from.id));
  }
  return rooms;
}
