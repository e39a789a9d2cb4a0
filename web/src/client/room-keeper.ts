import type { Clock } from '../connection/clock';
import type { Status } from '../connection/connection';
import { keeping, worthKeeping, type Kept } from '../model/kept';
import type { Room } from '../model/room';
import type { Workspace } from '../model/workspace';
import type { KeyValue } from '../outbox/key-value';
import type { RoomId, UserId } from '../wire/types';

/** Where the rooms lie while the page is closed. A call that fails does nothing: what is kept is a convenience. */
export interface KeptStore {
  load(): Promise<Stored | null>;
  /** All of it or nothing. */
  save(change: KeptChange): Promise<void>;
  clear(): Promise<void>;
}

export interface StoredHead extends Omit<Kept, 'rooms'> {
  /** The build that wrote it: another may hold other things of a room. */
  readonly build: string;
  readonly at: number;
}

export interface Stored extends StoredHead {
  readonly rooms: readonly Room[];
}

export interface KeptChange {
  readonly head: StoredHead;
  /** Nothing that lay there before stays. */
  readonly anew: boolean;
  readonly changed: readonly Room[];
  readonly gone: readonly RoomId[];
}

interface KeeperPorts {
  readonly store: KeptStore;
  readonly keys: KeyValue;
  readonly clock: Clock;
  readonly build: string;
}

/** Whose rooms may be kept, for all tabs: one that has not heard yet that somebody logged out must not write them again. */
const ownerKey = 'minato.kept';
/** Milliseconds from a change to the disk: a busy room is not written at each message. */
const pause = 3_000;
/** Milliseconds: a disk that takes longer than the network would is not waited for. */
const patience = 400;

/** Keeps the rooms of whoever is in, so that the next start shows them at once, with a network or without. */
export class RoomKeeper {
  readonly #ports: KeeperPorts;
  /** As they were when they were last written. */
  #written: ReadonlyMap<RoomId, Room> = new Map();
  #owner: UserId | null = null;
  #isIn = false;
  #anew = true;
  #waits = false;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  /** What is kept of who was in last; null where that is nothing, or nothing that may still be shown. */
  async load(): Promise<Kept | null> {
    const { store, keys, clock, build } = this.#ports;
    const owner = keys.get(ownerKey);
    if (owner === null) return null;
    const late = new Promise<null>((resolve) => clock.after(patience, () => resolve(null)));
    const stored = await Promise.race([store.load(), late]);
    if (stored === null || stored.you.id !== owner || stored.build !== build || clock.now() - stored.at > keeping.ms) return null;
    const rooms = worthKeeping(stored.rooms, clock.now());
    this.#owner = stored.you.id;
    this.#written = new Map(stored.rooms.map((room) => [room.id, room]));
    this.#anew = false;
    return { you: stored.you, blocks: stored.blocks, rooms: [...rooms.values()] };
  }

  /** To be told of every change of the connection. Whom the server does not let in has nothing to come back to here. */
  follow(status: Status): void {
    if (status === 'online') this.#isIn = true;
    else if (status === 'refused') this.forget();
  }

  /** To be told whenever the rooms, or who one is, changed. */
  changed(workspace: Workspace): void {
    if (!this.#isIn) return;
    const id = workspace.you()?.id ?? null;
    if (id !== this.#owner) this.#belongTo(id);
    if (id === null || this.#waits) return;
    this.#waits = true;
    this.#ports.clock.after(pause, () => {
      this.#waits = false;
      void this.write(workspace);
    });
  }

  /** At once: the page may be about to go. */
  async write(workspace: Workspace): Promise<void> {
    const { store, keys, clock, build } = this.#ports;
    const you = workspace.you();
    if (!this.#isIn || you?.id == null || you.id !== this.#owner || keys.get(ownerKey) !== you.id) return;
    const rooms = workspace.rooms();
    const kept = worthKeeping(rooms.values(), clock.now());
    const change = {
      head: { you: { ...you, id: you.id }, blocks: workspace.blocks.all(), build, at: clock.now() },
      anew: this.#anew,
      changed: [...kept.values()].filter(({ id }) => this.#anew || this.#written.get(id) !== rooms.get(id)),
      gone: [...this.#written.keys()].filter((id) => !kept.has(id)),
    };
    this.#anew = false;
    this.#written = new Map([...kept.keys()].map((id) => [id, rooms.get(id)!]));
    await store.save(change);
  }

  /** Whoever was in is not any more. */
  forget(): void {
    this.#isIn = false;
    this.#belongTo(null);
  }

  #belongTo(owner: UserId | null): void {
    const { store, keys } = this.#ports;
    this.#owner = owner;
    this.#written = new Map();
    this.#anew = true;
    if (keys.get(ownerKey) === owner) return;
    if (owner === null) keys.remove(ownerKey);
    else keys.set(ownerKey, owner);
    void store.clear();
  }
}
