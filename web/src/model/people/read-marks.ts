import type { Message, UserId } from '../../wire/types';
import type { ReadBy } from './receipts';

/** Posts looked through from the newest on: who has read less than that shows nowhere. */
const most = 500;

/** How far each has read, the furthest first. */
export function readSeqs(readBy: ReadBy): readonly number[] {
  return [...readBy.values()].map(({ seq }) => seq).sort((a, b) => b - a);
}

/**
 * Beside which of one's own messages is said how many have read: the newest that anybody has, and above it each that more people have.
 * Between them nothing is said, because whoever has read a message has read those above it.
 * @param seqs As from `readSeqs`.
 */
export function readMarks(messages: readonly Message[], seqs: readonly number[], me: UserId | null): ReadonlyMap<number, number> {
  const marks = new Map<number, number>();
  let readers = 0;
  for (let i = messages.length - 1; i >= Math.max(messages.length - most, 0) && readers < seqs.length; i--) {
    const { seq, from } = messages[i]!;
    if (from.id !== me) continue;
    const before = readers;
    while (seqs[readers]! >= seq) readers++;
    if (readers > before) marks.set(seq, readers);
  }
  return marks;
}
