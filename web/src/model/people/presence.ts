import { createSignal } from 'solid-js';
import type { ErrorFrame, PresenceCountFrame, PresenceFrame, WhoFrame } from '../../wire/server-frames';
import type { RoomId, User, UserId } from '../../wire/types';

/** Up to so many people the server names who is here; above, presence is a count. */
const mostNamed = 500;
/** Rooms of which names are held; those that nobody looks at go first. */
const mostRooms = 200;
/** Rooms that may be glanced at together, each by a question: well below what the server answers at once (100). */
const mostGlances = 40;

export interface Here {
  /** With guests who are nobody yet, and oneself. */
  readonly count: number;
  /** Null: too many to be named, or not known at the moment. */
  readonly people: ReadonlyMap<UserId, User> | null;
}

/**
 * Who is connected, for each room that was looked at: asked for once, kept true by what the server tells. That may be lost, and the server says
 * so by a count without names: then it is asked again, if somebody looks. Nothing of it outlives a connection.
 */
export class Presence {
  readonly #who: (room: RoomId) => Promise<WhoFrame | ErrorFrame>;
  readonly #rooms = createSignal<ReadonlyMap<RoomId, Here>>(new Map());
  /** How many look at a room. */
  readonly #looks = new Map<RoomId, number>();
  /** What was told while a question is under way: its answer may be older, and taking it in twice does no harm. */
  readonly #asking = new Map<RoomId, PresenceFrame[]>();
  #glances = 0;

  constructor(who: (room: RoomId) => Promise<WhoFrame | ErrorFrame>) {
    this.#who = who;
  }

  /** Undefined: nobody has looked yet, or the answer is on its way. */
  of(room: RoomId): Here | undefined {
    return this.#rooms[0]().get(room);
  }

  isHere(room: RoomId, user: UserId): boolean {
    return this.of(room)?.people?.has(user) ?? false;
  }

  /** Keeps a room's presence true until the returned function is called. */
  look(room: RoomId): () => void {
    this.#looks.set(room, (this.#looks.get(room) ?? 0) + 1);
    if (this.of(room) === undefined && !this.#asking.has(room)) void this.#ask(room);
    return once(() => {
      const left = this.#looks.get(room)! - 1;
      if (left === 0) this.#looks.delete(room);
      else this.#looks.set(room, left);
    });
  }

  /** As `look`, for lists: where too many are in sight, the rest is not asked for. */
  glance(room: RoomId): () => void {
    if (this.#glances >= mostGlances) return () => {};
    this.#glances++;
    const end = this.look(room);
    return once(() => {
      this.#glances--;
      end();
    });
  }

  /** `lost`: it says that others before it did not arrive. */
  told(frame: PresenceFrame | PresenceCountFrame): 'told' | 'lost' {
    const { room, count } = frame;
    if (count > mostNamed) {
      if (this.of(room) !== undefined || this.#looks.has(room)) this.#put(room, { count, people: null });
    } else if (frame.arrived === undefined) {
      if (this.#looks.has(room)) {
        this.#put(room, { count, people: this.of(room)?.people ?? null });
        void this.#ask(room);
      } else this.gone(room);
      return 'lost';
    } else {
      this.#asking.get(room)?.push(frame);
      this.#follow(frame);
    }
    return 'told';
  }

  gone(room: RoomId): void {
    this.#asking.delete(room);
    if (this.of(room) === undefined) return;
    const rooms = new Map(this.#rooms[0]());
    rooms.delete(room);
    this.#rooms[1](rooms);
  }

  /** A connection has begun anew. What is looked at is asked for again. */
  begin(): void {
    this.#asking.clear();
    this.#rooms[1](new Map());
    for (const room of this.#looks.keys()) void this.#ask(room);
  }

  #follow(frame: PresenceFrame): void {
    const here = this.of(frame.room);
    if (here !== undefined) this.#put(frame.room, after(here, frame));
    // It was a crowd, and is none any more: now they have names again.
    if (here?.people === null && this.#looks.has(frame.room) && !this.#asking.has(frame.room)) void this.#ask(frame.room);
  }

  async #ask(room: RoomId): Promise<void> {
    const meanwhile: PresenceFrame[] = [];
    this.#asking.set(room, meanwhile);
    const answer = await this.#who(room);
    // Asked anew, or forgotten, while this one was on its way.
    if (this.#asking.get(room) !== meanwhile) return;
    this.#asking.delete(room);
    if (answer.op !== 'who') return;
    const people = answer.count > mostNamed ? null : new Map(answer.here.map((user) => [user.id, user]));
    this.#put(room, meanwhile.reduce(after, { count: answer.count, people }));
  }

  #put(room: RoomId, here: Here): void {
    const rooms = new Map(this.#rooms[0]());
    rooms.delete(room);
    rooms.set(room, here);
    for (const id of rooms.keys()) {
      if (rooms.size <= mostRooms) break;
      if (!this.#looks.has(id)) rooms.delete(id);
    }
    this.#rooms[1](rooms);
  }
}

function after(here: Here, { arrived, left, count }: PresenceFrame): Here {
  if (here.people === null) return { count, people: null };
  const people = new Map(here.people);
  for (const user of arrived) people.set(user.id, user);
  for (const user of left) people.delete(user.id);
  return { count, people };
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}
