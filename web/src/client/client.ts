import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import { Connection, type SessionKeeper, type Status } from '../connection/connection';
import type { Door } from '../connection/door';
import type { OpenSocket } from '../connection/socket';
import { hasOlder } from '../model/log';
import { unread } from '../model/room';
import { Workspace } from '../model/workspace';
import { EntryStore } from '../outbox/entry-store';
import type { KeyValue } from '../outbox/key-value';
import { Outbox } from '../outbox/outbox';
import { UlidFactory } from '../outbox/ulid';
import { clientFrames, type ClientFrame } from '../wire/client-frames';
import type { BlocksFrame, ErrorFrame, LinksFrame, MembersFrame, OkFrame, RoomsFrame, WhoFrame } from '../wire/server-frames';
import type { RoomId, UserId } from '../wire/types';
import { dispatch } from './dispatch';
import { Pace } from './pace';
import { Reader } from './reader';
import { Requests } from './requests';
import { RoomActs } from './room-acts';

export interface ClientPorts {
  readonly open: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fill: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly keys: KeyValue;
  readonly session: SessionKeeper;
  readonly door: Door | null;
}

/** Members asked for at once: what the server gives where nothing is said. */
const membersPage = 200;
/** How often is looked whether a room still keeps what is held of it, in milliseconds: the server erases to a few minutes as well. */
const expiry = 60_000;

/** A person's whole client without its looks: what is held, and everything that can be done. */
export class Client {
  readonly workspace = new Workspace();
  readonly outbox: Outbox;
  /** What is done to rooms and to the people in them. */
  readonly rooms: RoomActs;
  readonly pace: Pace;
  readonly #status = createSignal<Status>('connecting');
  readonly #connection: Connection;
  readonly #requests: Requests;
  readonly #reader: Reader;
  readonly #ulid: UlidFactory;
  readonly #loading = new Set<RoomId>();
  readonly #joining = new Map<RoomId, Promise<OkFrame | ErrorFrame>>();
  #questions = 0;

  readonly status = this.#status[0];

  constructor({ open, clock, random, fill, keys, session, door }: ClientPorts) {
    const send = (frame: ClientFrame) => this.#connection.send(frame);
    this.#ulid = new UlidFactory(clock.now, fill);
    this.#requests = new Requests(clock, send);
    this.#reader = new Reader(clock, send);
    this.rooms = new RoomActs(this.#requests, () => this.#ulid.next());
    this.pace = new Pace(clock);
    this.outbox = new Outbox({
      clock,
      send,
      store: new EntryStore(keys),
      nextCid: () => this.#ulid.next(),
      last: (room) => this.workspace.room(room)?.last ?? 0,
      slowed: (room, ms) => this.pace.wait(room, ms),
    });
    const receivers = { workspace: this.workspace, outbox: this.outbox, requests: this.#requests, reader: this.#reader, pace: this.pace };
    this.#connection = new Connection({
      open,
      clock,
      random,
      session,
      door,
      replica: { cursors: () => this.workspace.cursors(), accept: (frame) => dispatch(frame, receivers) },
      status: (status) => this.#statusChanged(status),
    });
    const expire = () => {
      this.workspace.expire(clock.now());
      clock.after(expiry, expire);
    };
    expire();
  }

  start(): void {
    this.#connection.start();
  }

  nudge(): void {
    this.#connection.nudge();
  }

  /** Joins first where one only looks on. The error, if there is one, came before anything was queued. */
  async post(id: RoomId, body: string): Promise<ErrorFrame | null> {
    if (!this.workspace.room(id)?.member) {
      const answer = await this.#joinOnce(id);
      if (answer.op === 'error') return answer;
    }
    this.outbox.add(id, body);
    return null;
  }

  /** A refused message was certainly not saved; it goes out as a new one. */
  async retry(cid: string): Promise<void> {
    const entry = this.outbox.entries().find((entry) => entry.cid === cid);
    if (entry?.state !== 'failed') return;
    const error = await this.post(entry.room, entry.body);
    if (error === null) this.outbox.discard(cid);
  }

  rename(nick: string): Promise<OkFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.nick(this.#ulid.next(), nick));
  }

  directory(): Promise<RoomsFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.rooms(this.#rid()));
  }

  who(room: RoomId): Promise<WhoFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.who(this.#rid(), room));
  }

  /** @param after The last user of the page before; undefined: the first page. */
  members(room: RoomId, after?: UserId): Promise<MembersFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.members(this.#rid(), room, membersPage, after));
  }

  /** Whom one has blocked, with their names. */
  blocks(): Promise<BlocksFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.blocks(this.#rid()));
  }

  links(room: RoomId): Promise<LinksFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.links(this.#rid(), room));
  }

  /** Fetches the page before the oldest post held; does nothing where there is none, or while one is on its way. */
  async loadOlder(id: RoomId, limit: number): Promise<void> {
    const room = this.workspace.room(id);
    if (room === undefined || !hasOlder(room) || this.#loading.has(id)) return;
    this.#loading.add(id);
    const before = room.floor;
    const answer = await this.#requests.ask(clientFrames.history(this.#rid(), id, before, limit));
    this.#loading.delete(id);
    if (answer.op === 'history') this.workspace.history(before, answer);
  }

  /** Everything in the room up to now was seen. */
  read(id: RoomId): void {
    const room = this.workspace.room(id);
    if (room === undefined || unread(room) === 0) return;
    this.workspace.read({ room: id, seq: room.last });
    this.#reader.tell(id, room.last);
  }

  /** One joining serves all that is written meanwhile, and keeps its order. */
  #joinOnce(room: RoomId): Promise<OkFrame | ErrorFrame> {
    const underway = this.#joining.get(room) ?? this.rooms.join(room).finally(() => this.#joining.delete(room));
    this.#joining.set(room, underway);
    return underway;
  }

  #rid(): string {
    return `q${++this.#questions}`;
  }

  #statusChanged(status: Status): void {
    this.#status[1](status);
    if (status !== 'online') return;
    this.#requests.online();
    this.outbox.online();
    this.#reader.flush();
  }
}
