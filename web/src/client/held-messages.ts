import { createEffect, createSignal, on, untrack } from 'solid-js';
import type { Upload, Uploads } from '../files/uploads';
import { byteLength, cleanBody } from '../model/body';
import { withFiles } from '../model/file-link';
import { readTyped } from '../model/writing/slash';
import type { RoomId } from '../wire/types';
import type { Client } from './client';

/** Where a message is written: in a room, or in the thread that began with this seq. */
interface Place {
  readonly room: RoomId;
  readonly thread: number | undefined;
}

interface Kept extends Place {
  /** `failed`: a file did, and keeps the message back. */
  readonly state: 'held' | 'failed';
}

/** Messages that were sent before their files were there: they go out as soon as these are, whatever room is looked at by then. */
export class HeldMessages<Source> {
  readonly #client: Client;
  readonly #uploads: Uploads<Source>;
  readonly #kept = createSignal<ReadonlyMap<string, Kept>>(new Map());
  readonly #composers = new Map<string, () => void>();

  constructor(client: Client, uploads: Uploads<Source>) {
    this.#client = client;
    this.#uploads = uploads;
    createEffect(() => {
      for (const kept of this.#kept[0]().values()) this.#look(kept);
    });
    // What one person was about to say is said by nobody else.
    createEffect(on(() => client.workspace.you()?.id ?? null, (now, before) => {
      if (before != null && now !== before) this.forget();
      return now;
    }));
  }

  isHeld(room: RoomId, thread?: number): boolean {
    return this.#kept[0]().get(key(room, thread))?.state === 'held';
  }

  /** Whether it was kept back because a file failed. */
  hasFailed(room: RoomId, thread?: number): boolean {
    return this.#kept[0]().get(key(room, thread))?.state === 'failed';
  }

  /** Whether the message may go now. Else it goes by itself when it may, or `hasFailed` says why not. */
  settle(room: RoomId, thread?: number): boolean {
    const files = this.#uploads.of(room, thread);
    const state = has(files, 'failed') ? 'failed' : has(files, 'waiting', 'sending') ? 'held' : null;
    this.#become({ room, thread }, state);
    if (state === 'held') this.#uploads.pump();
    return state === null;
  }

  letGo(room: RoomId, thread?: number): void {
    this.#become({ room, thread }, null);
  }

  forget(): void {
    this.#kept[1](new Map());
  }

  /** While the composer of that place is there, it sends what was held, as if Enter were pressed again. */
  attend(room: RoomId, thread: number | undefined, send: () => void): () => void {
    const place = key(room, thread);
    this.#composers.set(place, send);
    return () => this.#composers.get(place) === send && this.#composers.delete(place);
  }

  #look({ room, thread, state }: Kept): void {
    const files = this.#uploads.of(room, thread);
    const isFailed = has(files, 'failed');
    if (state === 'failed' ? isFailed : has(files, 'waiting', 'sending')) return;
    this.#become({ room, thread }, state === 'held' && isFailed ? 'failed' : null);
    // Without any of its files it is not what was to be said.
    if (state === 'held' && !isFailed && files.length > 0) untrack(() => (this.#composers.get(key(room, thread)) ?? (() => void this.#send({ room, thread }, files)))());
  }

  async #send({ room, thread }: Place, files: readonly Upload<Source>[]): Promise<void> {
    const { conversation, drafts, workspace } = this.#client;
    const typed = readTyped(cleanBody(drafts.load(room, thread)));
    // It can be written on while it waits. What cannot be said as it is stays where its author finds it.
    if (typed.kind !== 'post') return;
    const body = withFiles(typed.body, files.map(({ markdown }) => markdown!));
    if (byteLength(body) > workspace.limits().body) return;
    if (await this.#client.post(room, body, thread ?? conversation.replying(room) ?? undefined) !== null) return;
    drafts.save(room, '', thread);
    if (thread === undefined) conversation.reply(room, null);
    this.#uploads.said(files.map(({ key }) => key));
  }

  #become({ room, thread }: Place, state: Kept['state'] | null): void {
    const place = key(room, thread);
    if ((this.#kept[0]().get(place)?.state ?? null) === state) return;
    const kept = new Map(this.#kept[0]());
    if (state === null) kept.delete(place);
    else kept.set(place, { room, thread, state });
    this.#kept[1](kept);
  }
}

const key = (room: RoomId, thread?: number) => `${room} ${thread ?? ''}`;

function has(files: readonly Upload<unknown>[], ...states: readonly Upload<unknown>['state'][]): boolean {
  return files.some(({ state }) => states.includes(state));
}
