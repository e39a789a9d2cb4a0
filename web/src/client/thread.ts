import { createMemo, createSignal, type Accessor } from 'solid-js';
import { caughtUp } from '../model/events/apply';
import { isKept } from '../model/log';
import { follow } from '../model/thread';
import type { Workspace } from '../model/workspace';
import type { EventFrame } from '../wire/server-frames';
import type { Message, RoomId } from '../wire/types';
import type { Questions } from './questions';

/** Messages asked for at once. */
const page = 50;

/** A message and all that answers it, beside the room's log: fetched in pages, and kept true by events until it is `closed`. */
export class Thread {
  readonly room: RoomId;
  readonly root: number;
  readonly #workspace: Workspace;
  readonly #questions: Questions;
  readonly #messages = createSignal<readonly Message[]>([]);
  readonly #more = createSignal(true);
  readonly #loading = createSignal(false);
  readonly #error = createSignal<string | null>(null);
  readonly #unlisten: () => void;
  /** How often the newest page was asked for: the last question is the one that counts. */
  #loads = 0;
  /** Events that came while the newest page was on its way: it may have been read before them. */
  #meanwhile: EventFrame[] | null = null;
  /** All events up to this one are in `messages`. */
  #head = 0;

  /** Oldest first; the first one is what the others answer, once `more` is false. */
  readonly messages: Accessor<readonly Message[]>;
  readonly more = this.#more[0];
  readonly loading = this.#loading[0];
  /** The code by which the last question was refused. */
  readonly error = this.#error[0];

  constructor(workspace: Workspace, questions: Questions, room: RoomId, root: number) {
    [this.#workspace, this.#questions, this.room, this.root] = [workspace, questions, room, root];
    // A memo: most of what happens in rooms changes nothing here.
    this.messages = createMemo(() => {
      const [held, about, now] = [this.#messages[0](), workspace.room(room), workspace.time()];
      const isThere = (message: Message) => about === undefined || isKept(about, message, now);
      return held.every(isThere) ? held : held.filter(isThere);
    });
    this.#unlisten = workspace.listen((event) => event.room === room && this.#happened(event));
  }

  get head(): number {
    return this.#head;
  }

  close(): void {
    this.#unlisten();
  }

  /** The newest page, and nothing that was held before: at first, and after a connection was lost. */
  async load(): Promise<void> {
    const load = ++this.#loads;
    this.#meanwhile ??= [];
    this.#loading[1](true);
    const answer = await this.#questions.history(this.room, 'newest', page, this.root);
    if (load !== this.#loads) return;
    const meanwhile = this.#meanwhile;
    this.#meanwhile = null;
    this.#loading[1](false);
    this.#error[1](answer.op === 'error' ? answer.code : null);
    if (answer.op === 'history') {
      this.#more[1](answer.more);
      this.#head = answer.head;
      this.#messages[1](answer.messages);
    }
    // Also where the page was refused: what is held goes on being true.
    for (const event of meanwhile) this.#happened(event);
  }

  async loadOlder(): Promise<void> {
    const first = this.#messages[0]()[0];
    if (this.loading() || !this.more() || first === undefined) return;
    const load = this.#loads;
    const meanwhile: EventFrame[] = [];
    const ignore = this.#workspace.listen((event) => event.room === this.room && event.type !== 'post' && meanwhile.push(event));
    this.#loading[1](true);
    const answer = await this.#questions.history(this.room, { before: first.seq }, page, this.root);
    ignore();
    // A new beginning came between.
    if (load !== this.#loads) return;
    this.#loading[1](false);
    if (answer.op === 'error') return void this.#error[1](answer.code);
    const room = this.#workspace.room(this.room);
    const older = answer.messages.filter((message) => message.seq < first.seq);
    this.#more[1](answer.more);
    this.#messages[1]((held) => [...(room === undefined ? older : caughtUp(room, older, meanwhile, this.#workspace.you()?.id ?? null)), ...held]);
  }

  #happened(event: EventFrame): void {
    if (this.#meanwhile !== null) return void this.#meanwhile.push(event);
    const room = this.#workspace.room(this.room);
    if (room === undefined || event.seq <= this.#head) return;
    this.#head = event.seq;
    this.#messages[1]((messages) => follow(room, this.root, messages, event, this.#workspace.you()?.id ?? null));
  }
}
