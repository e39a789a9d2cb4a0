import { createSignal } from 'solid-js';
import { fileMarkdown } from '../model/file-link';
import type { RoomId } from '../wire/types';
import type { FileTransport, Sending, Stored } from './transport';

/** What was found out about a file before it goes out. */
export interface Prepared<Source> {
  readonly bytes: Source;
  /** Of an image, in pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A file that was chosen for the next message in a room, or in one of its threads. */
export interface Upload<Source> {
  readonly key: string;
  readonly room: RoomId;
  /** The seq of the message that the thread began with. */
  readonly thread: number | undefined;
  readonly name: string;
  readonly size: number;
  readonly source: Source;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  /** From 0 to 1. */
  readonly progress: number;
  /** Why it failed. */
  readonly code?: string | undefined;
  readonly markdown?: string | undefined;
  readonly path?: string | undefined;
}

export interface UploadPorts<Source> {
  readonly transport: FileTransport<Source>;
  readonly nextCid: () => string;
  /** Takes out of it what nobody meant to tell, and looks at its size in pixels. */
  readonly prepare: (source: Source) => Promise<Prepared<Source>>;
  /** Whether one is somebody already: who is nobody is asked for a name first, and not made somebody by a picture. */
  readonly isSomebody: () => boolean;
}

/** Files under way at once. Browsers open six connections to a server, and the page needs some itself. */
const parallel = 3;

/** The files that stand above the composers of all rooms. They live as long as the page. */
export class Uploads<Source> {
  readonly #ports: UploadPorts<Source>;
  readonly #all = createSignal<readonly Upload<Source>[]>([]);
  readonly #sendings = new Map<string, Sending>();

  readonly all = this.#all[0];

  constructor(ports: UploadPorts<Source>) {
    this.#ports = ports;
  }

  of(room: RoomId, thread?: number): readonly Upload<Source>[] {
    return this.all().filter((upload) => upload.room === room && upload.thread === thread);
  }

  /** @param limit Bytes; what is larger fails at once, where it can be seen. */
  add(room: RoomId, files: readonly { readonly name: string; readonly size: number; readonly source: Source }[], limit: number, thread?: number): void {
    const added = files.map((file): Upload<Source> => ({
      ...file, key: this.#ports.nextCid(), room, thread, progress: 0,
      ...(file.size > limit ? { state: 'failed', code: 'file_too_large' } : { state: 'waiting' }),
    }));
    this.#all[1]([...this.all(), ...added]);
    this.pump();
  }

  /** Under its old id: what came through after all is there once. */
  retry(key: string): void {
    this.#change(key, { state: 'waiting', progress: 0, code: undefined });
    this.pump();
  }

  /** Gives it up, whatever became of it. */
  remove(key: string): void {
    const upload = this.all().find((upload) => upload.key === key);
    this.#drop(key);
    this.#sendings.get(key)?.cancel();
    if (upload?.path !== undefined) this.#ports.transport.remove(upload.path);
    this.pump();
  }

  /** Somebody else sits here now. What is on the server and in no message goes there by itself: it is not this one's to remove. */
  forget(): void {
    this.#all[1]([]);
    for (const sending of this.#sendings.values()) sending.cancel();
  }

  /** A message names them: they are the message's from now on. */
  said(keys: readonly string[]): void {
    for (const key of keys) this.#drop(key);
  }

  /** Starts what waits; also to be called when one has become somebody. */
  pump(): void {
    if (!this.#ports.isSomebody()) return;
    for (const upload of this.all()) {
      if (this.all().filter((other) => other.state === 'sending').length >= parallel) return;
      if (upload.state === 'waiting') void this.#send(upload);
    }
  }

  async #send({ key, room, name, source }: Upload<Source>): Promise<void> {
    this.#change(key, { state: 'sending' });
    // What cannot be looked at is not sent as it is: it may tell more than was meant.
    const prepared = await this.#ports.prepare(source).catch(() => null);
    if (prepared === null) this.#change(key, { state: 'failed', code: 'unreadable' });
    if (prepared === null || !this.#has(key)) return this.pump();
    const sending = this.#ports.transport.send(room, name, prepared.bytes, key, (progress) => this.#change(key, { progress }));
    this.#sendings.set(key, sending);
    const answer = await sending.done;
    this.#sendings.delete(key);
    if (typeof answer === 'string') this.#change(key, { state: 'failed', code: answer });
    else if (this.#has(key)) this.#change(key, { state: 'done', progress: 1, path: answer.path, markdown: markdownOf(answer, prepared) });
    // Given up in the moment in which it arrived.
    else this.#ports.transport.remove(answer.path);
    this.pump();
  }

  #has(key: string): boolean {
    return this.all().some((upload) => upload.key === key);
  }

  #change(key: string, change: Partial<Upload<Source>>): void {
    this.#all[1](this.all().map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));
  }

  #drop(key: string): void {
    this.#all[1](this.all().filter((upload) => upload.key !== key));
  }
}

/** Shown in place only where both sides take it for an image. */
function markdownOf({ path, name, type, size }: Stored, { width, height }: Prepared<unknown>): string {
  return fileMarkdown({ path, name, ...(type.startsWith('image/') && width !== undefined ? { width, height } : { size }) });
}
