import { createSignal } from 'solid-js';
import type { Clock } from '../../connection/clock';
import type { TypingFrame } from '../../wire/server-frames';
import type { RoomId, User, UserId } from '../../wire/types';

/** Who was last said to write this long ago writes no more, in milliseconds: what the protocol says. */
const lasts = 6_000;
/** People held for one room: the server names at most so many in one frame. */
const most = 20;

interface Typist {
  readonly user: User;
  /** By `Clock.elapsed`. */
  readonly until: number;
}

/** Who writes at the moment, in each room. What is lost is at worst six seconds wrong. */
export class Typists {
  readonly #clock: Clock;
  /** Oneself, and whom one does not want to hear of. */
  readonly #isHidden: (user: UserId) => boolean;
  readonly #rooms = createSignal<ReadonlyMap<RoomId, readonly Typist[]>>(new Map());
  #isWaiting = false;

  constructor(clock: Clock, isHidden: (user: UserId) => boolean) {
    this.#clock = clock;
    this.#isHidden = isHidden;
  }

  /** Who began first is first. */
  in(room: RoomId): readonly User[] {
    return (this.#rooms[0]().get(room) ?? []).map(({ user }) => user).filter(({ id }) => !this.#isHidden(id));
  }

  told({ room, users }: TypingFrame): void {
    const until = this.#clock.elapsed() + lasts;
    const held = this.#rooms[0]().get(room) ?? [];
    const still = held.map((typist) => (users.some(({ id }) => id === typist.user.id) ? { ...typist, until } : typist));
    const begun = users.filter(({ id }) => !held.some(({ user }) => user.id === id)).map((user) => ({ user, until }));
    this.#put(room, [...still, ...begun].slice(-most));
    this.#wait();
  }

  /** Something of theirs has come. */
  wrote(room: RoomId, user: UserId): void {
    const held = this.#rooms[0]().get(room);
    if (held?.some((typist) => typist.user.id === user)) this.#put(room, held.filter((typist) => typist.user.id !== user));
  }

  forget(): void {
    if (this.#rooms[0]().size > 0) this.#rooms[1](new Map());
  }

  #put(room: RoomId, typists: readonly Typist[]): void {
    const rooms = new Map(this.#rooms[0]());
    if (typists.length > 0) rooms.set(room, typists);
    else rooms.delete(room);
    this.#rooms[1](rooms);
  }

  /** One timer for all of them. */
  #wait(): void {
    const next = Math.min(...[...this.#rooms[0]().values()].flat().map(({ until }) => until));
    if (this.#isWaiting || next === Infinity) return;
    this.#isWaiting = true;
    this.#clock.after(Math.max(next - this.#clock.elapsed(), 0), () => {
      this.#isWaiting = false;
      this.#expire();
      this.#wait();
    });
  }

  #expire(): void {
    const now = this.#clock.elapsed();
    for (const [room, typists] of this.#rooms[0]()) {
      const left = typists.filter(({ until }) => until > now);
      if (left.length < typists.length) this.#put(room, left);
    }
  }
}
