import type { Clock } from '../connection/clock';
import { MentionCounts } from '../model/people/mention-counts';
import { namesOne } from '../model/people/mentions';
import { Nicks } from '../model/people/nicks';
import { Presence } from '../model/people/presence';
import { Receipts } from '../model/people/receipts';
import { Typists } from '../model/people/typists';
import { unread } from '../model/room';
import type { Workspace } from '../model/workspace';
import type { EphemeralFrame, EventFrame, ServerFrame } from '../wire/server-frames';
import type { RoomId, User, UserId } from '../wire/types';
import { unreachable } from '../wire/unreachable';
import type { Questions } from './questions';

/** Messages that name one, asked for when a connection begins: no badge needs to be exact beyond. */
const page = 100;

/** The people beside the log: who is here, who writes, who has read, and who calls one. */
export class People {
  readonly presence: Presence;
  readonly typists: Typists;
  readonly receipts: Receipts;
  readonly mentions: MentionCounts;
  readonly #workspace: Workspace;
  readonly #nicks = new Nicks();

  constructor(workspace: Workspace, questions: Questions, clock: Clock) {
    const isMe = (user: UserId) => workspace.isMe(user);
    const isHidden = (user: UserId) => isMe(user) || workspace.blocks.has(user);
    this.#workspace = workspace;
    this.presence = new Presence(questions.who);
    this.typists = new Typists(clock, isHidden);
    this.receipts = new Receipts(questions.receipts, isMe);
    this.mentions = new MentionCounts({ ask: () => questions.mentions(page), namesMe: (body) => this.namesMe(body), isHidden });
  }

  /** Whether a body names oneself, or everyone. */
  namesMe(body: string): boolean {
    const you = this.#workspace.you();
    return you !== null && you.id !== null && namesOne(body, you.id, this.#nicks.byKey);
  }

  /** Who is called so, as far as is known. */
  find(key: string): UserId | undefined {
    return this.#nicks.byKey(key);
  }

  /** Mentions in all rooms since one read there. */
  mentioned(): number {
    return [...this.#workspace.rooms().values()].reduce((sum, room) => sum + this.mentions.in(room), 0);
  }

  /** What waits for oneself: mentions, and whatever is said in direct rooms. */
  calls(): number {
    return [...this.#workspace.rooms().values()].reduce((sum, room) => sum + (room.kind === 'direct' ? unread(room) : this.mentions.in(room)), 0);
  }

  /** A connection has begun anew, maybe as somebody else. */
  begin(): void {
    this.typists.forget();
    this.presence.begin();
    this.receipts.begin();
  }

  /** After the rooms of a `welcome` are there. */
  welcome(): void {
    const rooms = [...this.#workspace.rooms().values()];
    this.#meetOneself();
    for (const room of rooms) room.users?.forEach((user) => this.#nicks.met(user));
    void this.mentions.begin(rooms.some((room) => unread(room) > 0));
  }

  /** After an event was applied. */
  event(event: EventFrame): void {
    if (event.type === 'unknown') return;
    this.#nicks.met(event.from);
    this.mentions.event(event);
    if (event.type === 'post') {
      this.typists.wrote(event.room, event.from.id);
      this.receipts.posted(event.room, event.from, event.seq);
    } else if (event.type === 'leave') this.receipts.left(event.room, event.from.id);
    else if (event.type === 'kick' || event.type === 'ban') this.receipts.left(event.room, event.subject.id);
  }

  beside(frame: EphemeralFrame): void {
    switch (frame.type) {
      case 'presence':
        frame.arrived?.forEach((user) => this.#nicks.met(user));
        // Where something was lost, it may have been receipts as well.
        if (this.presence.told(frame) === 'lost') void this.receipts.refresh(frame.room);
        break;
      case 'typing': this.typists.told(frame); break;
      case 'receipts': this.receipts.told(frame); break;
      case 'unknown': break;
      default: unreachable(frame);
    }
  }

  /** Whoever is named in an answer was met. */
  answered(frame: ServerFrame): void {
    if (frame.op === 'history') frame.messages.forEach(({ from }) => this.#nicks.met(from));
    else if (frame.op === 'who') frame.here.forEach((user) => this.#nicks.met(user));
    else if (frame.op === 'members') frame.members.forEach(({ user }) => this.#nicks.met(user));
  }

  renamed(user: User): void {
    this.#nicks.met(user);
  }

  /** One's own nick, or who one is, has changed. */
  youChanged(): void {
    this.#meetOneself();
  }

  gone(room: RoomId): void {
    this.presence.gone(room);
    this.mentions.gone(room);
  }

  #meetOneself(): void {
    const you = this.#workspace.you();
    if (you !== null && you.id !== null) this.#nicks.met({ id: you.id, nick: you.nick });
  }
}
