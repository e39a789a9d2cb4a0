import type { Edit, Field } from './edit';

/** Puts the marks around what is selected, or takes them away; with nothing selected one goes on writing between them. */
export function styleSelection({ text, start, end }: Field, mark: string): Edit {
  // Marks do not work beside spaces.
  const from = start + leading(text.slice(start, end));
  const to = Math.max(from, end - trailing(text.slice(start, end)));
  const inner = text.slice(from, to);
  if (isMarked(text.slice(0, from), text.slice(to), mark))
    return { from: from - mark.length, to: to + mark.length, insert: inner, start: from - mark.length, end: to - mark.length };
  if (inner.length > 2 * mark.length && isMarked(inner.slice(0, mark.length), inner.slice(-mark.length), mark)) {
    const plain = inner.slice(mark.length, -mark.length);
    return { from, to, insert: plain, start: from, end: from + plain.length };
  }
  return { from, to, insert: mark + inner + mark, start: from + mark.length, end: to + mark.length };
}

/** `**` is no `*` twice, and `***` is both. */
function isMarked(before: string, after: string, mark: string): boolean {
  const marks = Math.min(run(before, mark[0]!, -1), run(after, mark[0]!, 1));
  return marks === mark.length || (marks === 3 && mark[0] === '*');
}

function run(text: string, sign: string, direction: 1 | -1): number {
  let length = 0;
  while (text.at(direction === 1 ? length : -1 - length) === sign && length < text.length) length++;
  return length;
}

function leading(text: string): number {
  return text.length - text.trimStart().length;
}

function trailing(text: string): number {
  return text.length - text.trimEnd().length;
}
