import { createSignal } from 'solid-js';
import type { Clock } from '../connection/clock';
import { Connection, type SessionKeeper, type Status } from '../connection/connection';
import type { Door } from '../connection/door';
import type { OpenSocket } from '../connection/socket';
import type { Kept } from '../model/kept';
import { unread } from '../model/room';
import { Workspace } from '../model/workspace';
import { EntryStore } from '../outbox/entry-store';
import type { KeyValue } from '../outbox/key-value';
import { Outbox } from '../outbox/outbox';
import { UlidFactory } from '../outbox/ulid';
import { clientFrames, type ClientFrame } from '../wire/client-frames';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { RoomId } from '../wire/types';
import { Conversation } from './conversation';
import { Deletions } from './deletions';
import { dispatch } from './dispatch';
import { Drafts } from './drafts';
import { History } from './history';
import { MessageActs } from './message-acts';
import { Leavings } from './leavings';
import { Pace } from './pace';
import { People } from './people';
import { PendingActs } from './pending-acts';
import { Questions } from './questions';
import { Quotes } from './quotes';
import { Reader } from './reader';
import { ReplyCounts } from './reply-counts';
import { Requests } from './requests';
import { RoomActs } from './room-acts';
import { Typing } from './typing';

export interface ClientPorts {
  readonly open: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fill: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly keys: KeyValue;
  readonly session: SessionKeeper;
  readonly door: Door | null;
}

/** How often is looked whether a room still keeps what is held of it, in milliseconds: the server erases to a few minutes as well. */
const expiry = 60_000;

/** A person's whole client without its looks: what is held, and everything that can be done. */
export class Client {
  readonly workspace = new Workspace();
  readonly outbox: Outbox;
  /** What is done to rooms and to the people in them. */
  readonly rooms: RoomActs;
  readonly messages: MessageActs;
  readonly questions: Questions;
  readonly quotes: Quotes;
  readonly replyCounts: ReplyCounts;
  /** What may still be undone. */
  readonly deletions: Deletions;
  /** What one is about to say, and what is open beside the messages. */
  readonly conversation: Conversation;
  readonly history: History;
  readonly people: People;
  readonly pace: Pace;
  readonly drafts: Drafts;
  readonly typing: Typing;
  readonly #status = createSignal<Status>('connecting');
  readonly #connection: Connection;
  readonly #requests: Requests;
  readonly #reader: Reader;
  readonly #ulid: UlidFactory;
  readonly #joining = new Map<RoomId, Promise<OkFrame | ErrorFrame>>();

  readonly status = this.#status[0];

  constructor({ open, clock, random, fill, keys, session, door }: ClientPorts) {
    const send = (frame: ClientFrame) => this.#connection.send(frame);
    this.#ulid = new UlidFactory(clock.now, fill);
    this.#requests = new Requests(clock, send);
    this.#reader = new Reader(clock, send);
    this.rooms = new RoomActs(this.#requests, () => this.#ulid.next());
    this.messages = new MessageActs(this.#requests, new PendingActs((room) => this.workspace.room(room)?.last ?? 0), () => this.#ulid.next(), clock.now);
    this.questions = new Questions(this.#requests);
    this.quotes = new Quotes(this.workspace, this.questions);
    this.replyCounts = new ReplyCounts(this.workspace);
    this.deletions = new Deletions({ clock, keys, owner: () => this.workspace.you()?.id ?? null, send: this.messages.delete });
    this.conversation = new Conversation(keys);
    this.history = new History(this.workspace, this.questions);
    this.people = new People(this.workspace, this.questions, clock);
    this.pace = new Pace(clock);
    this.drafts = new Drafts(keys);
    this.typing = new Typing(clock, send);
    this.outbox = new Outbox({
      clock,
      send,
      join: this.rooms.join,
      store: new EntryStore(keys),
      nextCid: () => this.#ulid.next(),
      last: (room) => this.workspace.room(room)?.last ?? 0,
      slowed: (room, ms) => this.pace.wait(room, ms),
    });
    const receivers = {
      workspace: this.workspace, outbox: this.outbox, requests: this.#requests, reader: this.#reader, pace: this.pace, people: this.people, quotes: this.quotes, replyCounts: this.replyCounts,
      conversation: this.conversation, leavings: new Leavings(keys, this.drafts),
    };
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

  /** Before the first start: what is shown until the server speaks. */
  restore(kept: Kept): void {
    this.workspace.restore(kept);
    this.outbox.adopt(kept.you.id, !kept.you.guest);
  }

  start(): void {
    this.#connection.start();
  }

  nudge(): void {
    this.#connection.nudge();
  }

  /**
   * Where one only looks on, the outbox joins first. The error, if there is one, came before anything was queued.
   * @param replyTo The seq of the message that it answers.
   */
  async post(id: RoomId, body: string, replyTo?: number): Promise<ErrorFrame | null> {
    // Whoever is nobody yet becomes somebody by joining: what they write is theirs from the beginning.
    if (this.workspace.you()?.id === null) {
      const answer = await this.#joinOnce(id);
      if (answer.op === 'error') return answer;
    }
    this.outbox.add(id, body, replyTo, !this.workspace.room(id)?.member);
    return null;
  }

  /** A refused message was certainly not saved; it goes out as a new one. */
  async retry(cid: string): Promise<void> {
    const entry = this.outbox.entries().find((entry) => entry.cid === cid);
    if (entry?.state !== 'failed') return;
    const error = await this.post(entry.room, entry.body, entry.replyTo);
    if (error === null) this.outbox.discard(cid);
  }

  rename(nick: string): Promise<OkFrame | ErrorFrame> {
    return this.#requests.ask(clientFrames.nick(this.#ulid.next(), nick));
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

  #statusChanged(status: Status): void {
    this.#status[1](status);
    if (status !== 'online') return;
    this.deletions.adopt();
    this.#requests.online();
    this.outbox.online();
    this.#reader.flush();
  }
}
