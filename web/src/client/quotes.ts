import { createSignal, getOwner, onCleanup, type Signal } from 'solid-js';
import { caughtUp } from '../model/events/apply';
import { isKept } from '../model/log';
import { find } from '../model/messages';
import type { Workspace } from '../model/workspace';
import type { EventFrame } from '../wire/server-frames';
import type { Message, RoomId } from '../wire/types';
import type { Questions } from './questions';

/** What is known of a message that is quoted: itself, that one may not see it, or nothing yet. */
export type Quoted = Message | 'unseen' | undefined;

interface Held {
  readonly room: RoomId;
  readonly seq: number;
  readonly quoted: Signal<Quoted>;
  /** Of those who show it now. */
  lookers: number;
  /** The question that is on its way; the answer to any other comes too late. */
  asking: object | null;
  /** The server could not say; it is asked again when a connection begins. */
  isRefused: boolean;
  /** What happened to messages of the room while the question was on its way: the answer may have been read before that. */
  meanwhile: EventFrame[];
}

/** Messages kept for their quotes though nobody looks at them; each is one line of text, or little more. Those in sight are always kept. */
const spare = 300;

/** Asked for at once: a log full of replies must not use up what the server takes of one connection. */
const parallel = 2;

/** Messages that others answer: from the log where it holds them, else fetched one by one and kept true by events. */
export class Quotes {
  readonly #workspace: Workspace;
  readonly #questions: Questions;
  readonly #held = new Map<string, Held>();
  /** To be asked for: the last one first, because a log is mounted down to its end, where the reader is. */
  readonly #wanted: Held[] = [];
  #underway = 0;

  constructor(workspace: Workspace, questions: Questions) {
    this.#workspace = workspace;
    this.#questions = questions;
    workspace.listen((event) => this.#happened(event));
  }

  find(room: RoomId, seq: number): Quoted {
    const held = this.#workspace.room(room);
    const { messages = [], floor = Infinity, excerpt = null } = held ?? {};
    // The run that is held ends at the head: what is not in it although it reaches that far is no post that one sees.
    if (seq >= floor) return find(messages, seq) ?? 'unseen';
    const quoted = (excerpt && find(excerpt.messages, seq)) ?? this.#look(room, seq);
    if (quoted === undefined || quoted === 'unseen' || held === undefined) return quoted;
    return isKept(held, quoted, this.#workspace.time()) ? quoted : 'unseen';
  }

  /** A connection begins: what could not be said before is asked again. */
  begin(): void {
    this.#anew((held) => held.isRefused);
  }

  /** Events of this room were missed, or somebody else may see less: what is in sight is fetched again. */
  forget(room?: RoomId): void {
    this.#anew((held) => room === undefined || held.room === room);
  }

  #look(room: RoomId, seq: number): Quoted {
    const held = this.#held.get(key(room, seq)) ?? this.#want(room, seq);
    if (getOwner() !== null) {
      held.lookers++;
      onCleanup(() => held.lookers--);
    }
    return held.quoted[0]();
  }

  #want(room: RoomId, seq: number): Held {
    const idle = [...this.#held.values()].filter(({ lookers }) => lookers === 0);
    for (const old of idle.slice(0, Math.max(idle.length + 1 - spare, 0))) this.#held.delete(key(old.room, old.seq));
    const held: Held = { room, seq, quoted: createSignal<Quoted>(), lookers: 0, asking: null, isRefused: false, meanwhile: [] };
    this.#held.set(key(room, seq), held);
    if (this.#underway < parallel) void this.#ask(held);
    else this.#wanted.push(held);
    return held;
  }

  async #ask(held: Held): Promise<void> {
    const asking = {};
    Object.assign(held, { asking, meanwhile: [] });
    this.#underway++;
    const answer = await this.#questions.history(held.room, { around: held.seq }, 1);
    this.#underway--;
    if (held.asking === asking) {
      held.asking = null;
      held.isRefused = answer.op === 'error';
      held.quoted[1](() => (answer.op === 'error' ? undefined : this.#caughtUp(held, find(answer.messages, held.seq), held.meanwhile)) ?? 'unseen');
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#underway < parallel && this.#wanted.length > 0) {
      const held = this.#wanted.pop()!;
      if (held.lookers > 0) void this.#ask(held);
      // Scrolled past before its turn came.
      else if (this.#held.get(key(held.room, held.seq)) === held) this.#held.delete(key(held.room, held.seq));
    }
  }

  #anew(concerns: (held: Held) => boolean): void {
    for (const held of [...this.#held.values()].filter(concerns)) {
      Object.assign(held, { asking: null, isRefused: false });
      if (held.lookers === 0) this.#held.delete(key(held.room, held.seq));
      else if (!this.#wanted.includes(held)) this.#wanted.push(held);
      held.quoted[1](undefined);
    }
    this.#pump();
  }

  #happened(event: EventFrame): void {
    if (event.type === 'erase') for (const held of this.#held.values()) this.#change(held, event);
    else if (event.type === 'edit' || event.type === 'delete') this.#change(this.#held.get(key(event.room, event.target)), event);
  }

  #change(held: Held | undefined, event: EventFrame): void {
    if (held === undefined || held.room !== event.room) return;
    if (held.asking !== null) held.meanwhile.push(event);
    held.quoted[1]((known) => (known === undefined || known === 'unseen' ? known : this.#caughtUp(held, known, [event])));
  }

  #caughtUp({ room }: Held, message: Message | undefined, events: readonly EventFrame[]): Message | undefined {
    const held = this.#workspace.room(room);
    return message && held && caughtUp(held, [message], events, null)[0];
  }
}

function key(room: RoomId, seq: number): string {
  return `${room}:${seq}`;
}
