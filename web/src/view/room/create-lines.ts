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

export interface Lines {
  readonly lines: Accessor<readonly Line[]>;
  /** Those of rows that come next. */
  readonly coming: Accessor<readonly Line[]>;
}

/**
 * A line for each row, kept by what it is of: a message, or one of ours on its way. Asking each row for its neighbour in the list would
 * wake all of them at each message; so a line is told when its own changes.
 * @param before The row before the first one.
 * @param ahead Rows that come next: they have the lines then that they have now.
 */
export function createLines(rows: Accessor<readonly Row[]>, before: () => Row | undefined, ahead: Accessor<readonly Row[]> = () => []): Lines {
  let held = new Map<string | number, HeldLine>();
  let early = new Map<string | number, HeldLine>();
  const lines = createMemo(() => {
    held = kept(rows(), untrack(before), (key) => held.get(key) ?? early.get(key));
    return [...held.values()];
  });
  const coming = createMemo(() => {
    if (ahead().length > 0) early = kept(ahead(), untrack(rows).at(-1), (key) => early.get(key));
    return ahead().length > 0 ? [...early.values()] : [];
  });
  return { lines, coming };
}

function kept(rows: readonly Row[], above: Row | undefined, find: (key: string | number) => HeldLine | undefined): Map<string | number, HeldLine> {
  const lines = new Map<string | number, HeldLine>();
  let previous = above;
  for (const row of rows) {
    const key = row.entry?.cid ?? row.seq!;
    const line = find(key) ?? create(row, previous);
    line.setRow(() => row);
    const before = previous;
    line.setPrevious(() => before);
    lines.set(key, line);
    previous = row;
  }
  return lines;
}

function create(first: Row, above: Row | undefined): HeldLine {
  const [row, setRow] = createSignal(first);
  const [previous, setPrevious] = createSignal(above);
  return { row, setRow, previous, setPrevious };
}
