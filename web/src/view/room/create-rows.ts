import { createComputed, createMemo, createSignal, mapArray, on, type Accessor } from 'solid-js';
import type { Room } from '../../model/room';
import { down, grown, newest, up, visible, type Window } from '../../model/window';
import { shown } from '../../outbox/entry';
import type { UserId } from '../../wire/types';
import { useApp } from '../context';
import { entryRow, type Row } from './row';

/** A mounted row. Whether it starts a group depends on the one before it, which changes only when history is put between. */
export interface Line {
  readonly row: Row;
  readonly previous: Accessor<Row | undefined>;
}

export interface Rows {
  readonly lines: Accessor<readonly Line[]>;
  /** Whether the newest message is among the mounted ones. */
  readonly live: Accessor<boolean>;
  /** Mounts older ones; false when all that is held is mounted. */
  up(): boolean;
  down(): void;
  newest(): void;
}

/** The mounted part of a room's log, with what is still in the outbox at its end. */
export function createRows(room: Accessor<Room>, pinned: Accessor<boolean>): Rows {
  const { client } = useApp();
  const messages = createMemo(() => room().messages);
  const [span, setSpan] = createSignal<Window>(newest(messages()));
  createComputed(on(messages, (messages) => setSpan((span) => grown(messages, span, pinned()))));

  const me = createMemo(() => client.workspace.you()?.id ?? ('' as UserId));
  const entries = createMemo(() => client.outbox.entries().filter((entry) => entry.room === room().id && shown(entry, room().last)));
  // mapArray keeps the row of an entry that did not change, and so its element.
  const own = createMemo(mapArray(entries, (entry) => entryRow(entry, { id: me(), nick: client.workspace.you()?.nick ?? '' })));
  const live = createMemo(() => span().bottom === Infinity);
  const rows = createMemo<readonly Row[]>(() => [...visible(messages(), span()), ...(live() ? own() : [])]);
  return {
    live,
    lines: createLines(rows),
    up() {
      if (span().top === 0) return false;
      setSpan(up(messages(), span()));
      return true;
    },
    down: () => setSpan(down(messages(), span())),
    newest: () => setSpan(newest(messages())),
  };
}

/** Asking each row for its neighbour in the list would wake all of them at each message; so a line is told when its own changes. */
function createLines(rows: Accessor<readonly Row[]>): Accessor<readonly Line[]> {
  const lines = createMemo(mapArray(rows, (row) => {
    const [previous, setPrevious] = createSignal<Row | undefined>();
    return { row, previous, setPrevious };
  }));
  return createMemo(() => {
    let before: Row | undefined;
    for (const line of lines()) {
      const current = before;
      line.setPrevious(() => current);
      before = line.row;
    }
    return lines();
  });
}
