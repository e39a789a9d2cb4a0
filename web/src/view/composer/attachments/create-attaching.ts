import { createEffect, createMemo, onCleanup, type Accessor } from 'solid-js';
import type { Upload } from '../../../files/uploads';
import type { RoomId } from '../../../wire/types';
import { useApp } from '../../context';

export interface Attaching {
  /** Null where the server keeps no files. */
  readonly limit: Accessor<number | null>;
  readonly has: Accessor<boolean>;
  /** The message is to go out as soon as the files are there. */
  readonly held: Accessor<boolean>;
  readonly letGo: () => void;
  /** Why a message was kept back: a file failed. */
  readonly failed: Accessor<boolean>;
  /** What of them is there, to be told to `said` once it was. */
  readonly done: Accessor<readonly Upload<Blob>[]>;
  readonly add: (files: Iterable<File>) => void;
  readonly paste: (event: ClipboardEvent) => void;
  /** Whether the message may go now. Else it goes by itself when it may, or says why not. */
  readonly settle: () => boolean;
  readonly said: (uploads: readonly Upload<Blob>[]) => void;
}

/** The files of the next message in a room, or in the thread that began with this seq. @param ready Called when a message that was held may go. */
export function createAttaching(room: RoomId, thread: number | undefined, ready: () => void): Attaching {
  const { client, held, uploads } = useApp();
  const mine = createMemo(() => uploads.of(room, thread));
  const limit = () => client.workspace.limits().file ?? null;

  const add = (files: Iterable<File>) => {
    if (limit() === null) return;
    uploads.add(room, [...files].map((source) => ({ name: source.name || 'file', size: source.size, source })), limit()!, thread);
  };
  onCleanup(held.attend(room, thread, ready));
  // Who has just become somebody has files waiting.
  createEffect(() => client.workspace.you()?.id != null && uploads.pump());
  createEffect(() => {
    if (uploads.all().length === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    onCleanup(() => removeEventListener('beforeunload', warn));
  });

  return {
    limit,
    has: () => mine().length > 0,
    held: () => held.isHeld(room, thread),
    letGo: () => held.letGo(room, thread),
    failed: () => held.hasFailed(room, thread),
    done: () => mine().filter(({ state }) => state === 'done'),
    add,
    paste(event) {
      const files = event.clipboardData?.files;
      // Programs that put text and a picture of it there mean the text.
      if (files === undefined || files.length === 0 || event.clipboardData!.getData('text/plain') !== '' || limit() === null) return;
      event.preventDefault();
      add(files);
    },
    settle: () => held.settle(room, thread),
    said: (said) => uploads.said(said.map(({ key }) => key)),
  };
}
