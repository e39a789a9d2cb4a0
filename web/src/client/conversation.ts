import { createSignal, type Accessor } from 'solid-js';
import type { KeyValue } from '../outbox/key-value';
import type { RoomId } from '../wire/types';

/** A message of one's own that is being changed, and what it says by now. */
export interface Editing {
  readonly room: RoomId;
  readonly seq: number;
  readonly text: string;
  /** Begun among the messages of its thread. */
  readonly inThread: boolean;
}

/** What stands beside the messages of a room. */
export type Pane = { readonly kind: 'thread'; readonly room: RoomId; readonly root: number } | { readonly kind: 'pins'; readonly room: RoomId };

/** What one is about to say, and what to: kept where drafts are, so that a reload loses nothing. */
export class Conversation {
  readonly #keys: KeyValue;
  readonly #replying = createSignal<ReadonlyMap<RoomId, number | null>>(new Map());
  readonly #editing = createSignal<ReadonlyMap<RoomId, Editing | null>>(new Map());
  /** By their keys: edits that were left for another one, or sent and not answered. */
  readonly #aside = new Map<string, Editing>();
  /** What an earlier page left, as it was when somebody first asked: another tab may take it off the disk, but not out of this one. */
  readonly #left = new Map<RoomId, { readonly reply: number | null; readonly edit: Editing | null }>();
  readonly #pane = createSignal<Pane | null>(null);

  readonly pane: Accessor<Pane | null> = this.#pane[0];

  constructor(keys: KeyValue) {
    this.#keys = keys;
  }

  /** The seq of the message that is answered by what is written next in the room; null: none. */
  replying(room: RoomId): number | null {
    const known = this.#replying[0]().get(room);
    return known === undefined ? this.#leftIn(room).reply : known;
  }

  reply(room: RoomId, seq: number | null): void {
    if (seq === null) this.#keys.remove(replyKey(room));
    else this.#keys.set(replyKey(room), String(seq));
    this.#replying[1]((all) => new Map(all).set(room, seq));
  }

  editing(room: RoomId): Editing | null {
    const known = this.#editing[0]().get(room);
    return known === undefined ? this.#leftIn(room).edit : known;
  }

  /** Begins; goes on with what was typed where it was begun before. @param text What the message says. */
  beginEdit(room: RoomId, seq: number, text: string, inThread: boolean): void {
    const open = this.editing(room);
    const begun = open?.seq === seq ? open : this.#aside.get(editKey(room, seq)) ?? parse(room, this.#keys.get(editKey(room, seq)));
    this.edit(room, seq, begun?.text ?? text, inThread);
  }

  /** It says this by now. What was open of another message is there when that one is edited again. */
  edit(room: RoomId, seq: number, text: string, inThread = this.editing(room)?.inThread ?? false): void {
    const open = this.editing(room);
    if (open !== null && open.seq !== seq) this.#layAside(open);
    const editing: Editing = { room, seq, text, inThread };
    this.#aside.delete(editKey(room, seq));
    this.#keep(editing, false);
    this.#editing[1]((all) => new Map(all).set(room, editing));
  }

  /** Whether this message is edited here: among the messages of its thread for as long as they are shown, else in the log. */
  isEditing(room: RoomId, seq: number, inThread: boolean): boolean {
    const editing = this.editing(room);
    return editing?.seq === seq && (editing.inThread && this.pane()?.kind === 'thread') === inThread;
  }

  /** Cancelled, or `saved`. */
  endEdit(room: RoomId): void {
    const open = this.editing(room);
    if (open !== null) this.#keys.remove(editKey(room, open.seq));
    this.#editing[1]((all) => new Map(all).set(room, null));
  }

  /** Off the screen, and still on disk: the server has it not yet. */
  hideEdit(room: RoomId): void {
    const open = this.editing(room);
    if (open !== null) this.#layAside(open);
    this.#editing[1]((all) => new Map(all).set(room, null));
  }

  /** The server has this text. What was typed since is not done with. */
  edited(room: RoomId, seq: number, text: string): void {
    const key = editKey(room, seq);
    if (this.editing(room)?.seq === seq) return;
    if (this.#aside.get(key)?.text === text) this.#aside.delete(key);
    if (parse(room, this.#keys.get(key))?.text === text) this.#keys.remove(key);
  }

  openThread(room: RoomId, root: number): void {
    this.#pane[1]({ kind: 'thread', room, root });
  }

  openPins(room: RoomId): void {
    this.#pane[1]({ kind: 'pins', room });
  }

  closePane(): void {
    this.#pane[1](null);
  }

  /** Somebody else sits here now: none of it is theirs, on disk either. */
  forget(): void {
    for (const key of this.#keys.keys().filter((key) => isOurs.test(key))) this.#keys.remove(key);
    this.#left.clear();
    this.#aside.clear();
    this.#replying[1](new Map());
    this.#editing[1](new Map());
    this.#pane[1](null);
  }

  #layAside(editing: Editing): void {
    this.#aside.set(editKey(editing.room, editing.seq), editing);
    this.#keep(editing, true);
  }

  #keep({ room, seq, text, inThread }: Editing, aside: boolean): void {
    this.#keys.set(editKey(room, seq), JSON.stringify({ seq, text, inThread, aside: aside || undefined }));
  }

  #leftIn(room: RoomId) {
    const left = this.#left.get(room) ?? { reply: Number(this.#keys.get(replyKey(room)) ?? 0) || null, edit: this.#leftEdit(room) };
    this.#left.set(room, left);
    return left;
  }

  /** The one that was open; else one of those that were laid aside. */
  #leftEdit(room: RoomId): Editing | null {
    const texts = this.#keys.keys().filter((key) => key.startsWith(editKey(room))).map((key) => this.#keys.get(key));
    return parse(room, texts.find((text) => parse(room, text)?.aside === false) ?? texts[0] ?? null);
  }
}

// Beside the room's draft, so that whoever logs out leaves none of it either.
const replyKey = (room: RoomId) => `minato.draft.${room}.reply`;
const editKey = (room: RoomId, seq: number | '' = '') => `minato.draft.${room}.edit.${seq}`;
const isOurs = /^minato\.draft\.[^.]+\.(reply$|edit\.)/;

function parse(room: RoomId, text: string | null): (Editing & { readonly aside: boolean }) | null {
  try {
    const value = JSON.parse(text ?? 'null') as (Partial<Editing> & { readonly aside?: boolean }) | null;
    return typeof value?.seq === 'number' && typeof value.text === 'string' ? { room, seq: value.seq, text: value.text, inThread: value.inThread === true, aside: value.aside === true } : null;
  } catch {
    return null;
  }
}
