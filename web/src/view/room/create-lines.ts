import { createMemo, createSignal, untrack, type Accessor, type Setter } from 'solid-js';
import type { Row } from './row';

/** A mounted line. It stays the same, and with it its elements and the focus in them, when its message is edited or reacted to. */
export interface Line {
  readonly row: Accessor<Row>;
  /** The one before it, mounted or not: whether it starts a group depends on that. */
  readonly previous: Accessor<Row | undefined>;
}

interface HeldLine extends Line {
  readonly setRow: Setter<Row>;
  readonly setPrevious: Setter<Row | undefined>;
}

/**
 * A line for each row, kept by what it is of: a message, or one of ours on its way. Asking each row for its neighbour in the list would
 * wake all of them at each message; so a line is told when its own changes.
 * @param before The row before the first one.
 */
export function createLines(rows: Accessor<readonly Row[]>, before: () => Row | undefined): Accessor<readonly Line[]> {
  let held = new Map<string | number, HeldLine>();
  return createMemo(() => {
    const next = new Map<string | number, HeldLine>();
    let previous = untrack(before);
    for (const row of rows()) {
      const key = row.entry?.cid ?? row.seq!;
      const line = held.get(key) ?? create(row, previous);
      line.setRow(() => row);
      const above = previous;
      line.setPrevious(() => above);
      next.set(key, line);
      previous = row;
    }
    held = next;
    return [...next.values()];
  });
}

function create(first: Row, above: Row | undefined): HeldLine {
  const [row, setRow] = createSignal(first);
  const [previous, setPrevious] = createSignal(above);
  return { row, setRow, previous, setPrevious };
}
