import { batch, createMemo, createSignal } from 'solid-js';
import { judge, type Verdict } from '../connection/replica';
import type { Place } from '../wire/client-frames';
import type { EventFrame, HistoryFrame, PartialFrame, ReadFrame, ResetFrame, WelcomeFrame } from '../wire/server-frames';
import type { Limits, RoomId, RoomInfo, User, UserId, You } from '../wire/types';
import { Blocks } from './blocks';
import { apply, caughtUp } from './events/apply';
import { leave, part } from './excerpt';
import type { Kept } from './kept';
import { expire, skipTo, take, trim } from './log';
import { Names } from './names';
import { readTo } from './read-position';
import { enter, refresh, unread, type Room } from './room';

const defaultLimits: Limits = { body: 16384, frame: 65536, nick: 64, slug: 64, title: 120, topic: 512, history: 200, inFlight: 64 };

/** All that is held of the server: who one is, and the rooms. Signals make it observable; it knows no view. */
export class Workspace {
  readonly #you = createSignal<You | null>(null);
  readonly #limits = createSignal(defaultLimits);
  readonly #rooms = createSignal<ReadonlyMap<RoomId, Room>>(new Map());
  readonly #stale = createSignal<ReadonlySet<RoomId>>(new Set());
  readonly #time = createSignal(0);
  /** The rooms of the newest `welcome`: a `reset` right after it starts anew from there. */
  #welcomed: ReadonlyMap<RoomId, RoomInfo> = new Map();

  readonly #listeners = new Set<(event: EventFrame) => void>();

  readonly names = new Names();
  readonly blocks = new Blocks();
  readonly #openReports = createSignal<number | null>(null);
  /** How many reports wait for those who administer the server; null for everybody else. */
  readonly openReports = this.#openReports[0];
  /** Null until the first `welcome`. */
  readonly you = this.#you[0];
  readonly limits = this.#limits[0];
  readonly rooms = this.#rooms[0];
  /** When it was last looked what the rooms keep no more, in milliseconds since 1970 UTC. */
  readonly time = this.#time[0];
  readonly totalUnread = createMemo(() => [...this.rooms().values()].reduce((sum, room) => sum + unread(room), 0));

  room(id: RoomId): Room | undefined {
    return this.rooms().get(id);
  }

  cursors(): Record<RoomId, number> {
    return Object.fromEntries([...this.rooms()].map(([id, room]) => [id, room.last])) as Record<RoomId, number>;
  }

  welcome(frame: WelcomeFrame): void {
    // Somebody else may see less, and other things: nothing that was held is theirs.
    const held = this.isAnother(frame.you) ? new Map<RoomId, Room>() : this.rooms();
    this.#welcomed = new Map(frame.rooms.map((info) => [info.id, info]));
    batch(() => {
      this.setYou(frame.you);
      this.#limits[1](frame.limits);
      this.blocks.are(frame.blocks ?? []);
      this.#openReports[1](frame.reports ?? null);
      this.#rooms[1](new Map(frame.rooms.map((info) => {
        const room = held.get(info.id);
        return [info.id, room === undefined ? enter(info) : refresh(room, info)];
      })));
      for (const { users = [] } of frame.rooms) for (const user of users) this.names.seen(user);
      for (const id of this.#stale[0]()) this.#catchUp(id);
    });
  }

  /** What an earlier page held: shown until the server speaks, and made true by its `welcome` and what follows. */
  restore({ you, blocks, rooms }: Kept): void {
    batch(() => {
      this.setYou(you);
      this.blocks.are(blocks);
      this.#rooms[1](new Map(rooms.map((room) => [room.id, room])));
      this.#stale[1](new Set(rooms.map((room) => room.id)));
      for (const { messages } of rooms) for (const { from, ts } of messages) this.names.seen(from, ts);
    });
  }

  /** Lets go of what an earlier page held: the server does not know whose it is any more. */
  dropRestored(): void {
    if (this.#stale[0]().size === 0) return;
    batch(() => {
      this.#you[1](null);
      this.#rooms[1](new Map());
      this.#stale[1](new Set<RoomId>());
    });
  }

  /** Whether a room is shown as an earlier page held it, and what was said since is still on its way. */
  isStale(id: RoomId): boolean {
    return this.#stale[0]().has(id);
  }

  event(event: EventFrame): Verdict {
    const room = this.room(event.room);
    if (room === undefined) return 'drop';
    const verdict = judge(room.last, event.seq);
    if (verdict !== 'apply') return verdict;
    batch(() => {
      this.#put(apply(room, event, this.you()?.id ?? null));
      if (event.type !== 'unknown') this.names.seen(event.from, event.ts);
    });
    // After it is there: what was said meanwhile was not seen the moment it came.
    this.#catchUp(event.room);
    for (const listener of this.#listeners) listener(event);
    return verdict;
  }

  partial(frame: PartialFrame): void {
    this.#change(frame.room, (room) => skipTo(room, frame.from));
    this.#catchUp(frame.room);
  }

  reset(frame: ResetFrame): void {
    const info = this.#welcomed.get(frame.room);
    if (info === undefined) this.remove(frame.room);
    else this.#put(enter(info));
    this.#catchUp(frame.room);
  }

  /** @param meanwhile What happened to messages while the page was on its way: it may have been read before that. */
  history(place: Place, frame: HistoryFrame, meanwhile: readonly EventFrame[] = []): void {
    const me = this.you()?.id ?? null;
    for (const { from } of frame.messages) this.names.seen(from);
    this.#change(frame.room, (room) => take(room, place, { ...frame, messages: caughtUp(room, frame.messages, meanwhile, me) }));
  }

  /** Someone reads from `from` to `to`, far above the end: what lies between may be let go of. */
  part(id: RoomId, from: number, to: number): void {
    this.#change(id, (room) => part(room, from, to));
  }

  /** The newest are looked at again. */
  leaveExcerpt(id: RoomId): void {
    this.#change(id, leave);
  }

  enter(info: RoomInfo): void {
    const room = this.room(info.id);
    this.#put(room === undefined ? enter(info) : refresh(room, info));
  }

  remove(id: RoomId): void {
    const rooms = new Map(this.rooms());
    if (rooms.delete(id)) this.#rooms[1](rooms);
  }

  read(frame: Pick<ReadFrame, 'room' | 'seq'> & { readonly unread?: number }): void {
    this.#change(frame.room, (room) => readTo(room, frame.seq, frame.unread));
  }

  /** Lets go of what the rooms do not keep any more. */
  expire(now: number): void {
    this.#time[1](now);
    for (const room of this.rooms().values()) this.#put(expire(room, now));
  }

  /** Calls back after each event that was applied, until the returned function is called. */
  listen(listener: (event: EventFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Bounds what is held of a room that nobody looks at. */
  trim(id: RoomId, keep: number): void {
    this.#change(id, (room) => trim(leave(room), keep));
  }

  setYou(you: You): void {
    this.#you[1](you);
    if (you.id !== null) this.names.renamed({ id: you.id, nick: you.nick });
  }

  reports(open: number): void {
    this.#openReports[1](open);
  }

  renamed(user: User): void {
    this.names.renamed(user);
  }

  /** Whether this is not who one was so far. A guest who becomes somebody is the same person. */
  isAnother(you: You): boolean {
    const known = this.you()?.id ?? null;
    return known !== null && known !== you.id;
  }

  isMe(id: UserId): boolean {
    return this.you()?.id === id;
  }

  #catchUp(id: RoomId): void {
    const stale = this.#stale[0]();
    if (!stale.has(id) || (this.room(id)?.last ?? Infinity) < (this.#welcomed.get(id)?.head ?? 0)) return;
    this.#stale[1](new Set([...stale].filter((other) => other !== id)));
  }

  #change(id: RoomId, change: (room: Room) => Room): void {
    const room = this.room(id);
    if (room !== undefined) this.#put(change(room));
  }

  #put(room: Room): void {
    if (this.rooms().get(room.id) === room) return;
    this.#rooms[1](new Map(this.rooms()).set(room.id, room));
  }
}
