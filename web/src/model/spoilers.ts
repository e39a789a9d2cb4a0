import { flank } from './markdown/flanking';

/** What stands for something that is only shown to who wants to know it. */
const cover = '▒▒▒';

export interface Piece {
  readonly text: string;
  readonly hit?: boolean | undefined;
}

/** A message where it is only told of: whatever its reader would have to uncover is not in it. To be done before anything of it is cut off. */
export function coverSpoilers(text: string): string {
  return coverPieces([{ text }], false).map((piece) => piece.text).join('');
}

/** Of a part of a message, which may begin and end within a spoiler. */
export function coverPieces(pieces: readonly Piece[], isCut = true): readonly Piece[] {
  const spoilers = spoilersOf(pieces.map(({ text }) => text).join(''), isCut);
  if (spoilers.length === 0) return pieces;
  const covered: Piece[] = [];
  let begin = 0, next = 0;
  for (const { text, hit } of pieces) {
    const end = begin + text.length;
    let at = begin;
    while (next < spoilers.length && spoilers[next]!.from < end) {
      const { from, to } = spoilers[next]!;
      if (from > at) covered.push({ text: text.slice(at - begin, from - begin), hit });
      if (from >= begin) covered.push({ text: cover });
      at = Math.min(to, end);
      if (to > end) break;
      next++;
    }
    if (at < end) covered.push({ text: text.slice(at - begin), hit });
    begin = end;
  }
  return covered;
}

interface Spoiler {
  readonly from: number;
  readonly to: number;
}

/**
 * By the marks alone, without what stands around them: rather too much than too little. A mark that is really code or of a link may open
 * or close one here, and therefore the first that is open counts, and one that has nothing left to close belongs to what came before it.
 */
function spoilersOf(text: string, isCut: boolean): readonly Spoiler[] {
  const found: Spoiler[] = [];
  let open: number | null = null;
  for (const { 0: all, 1: before = '', 2: run = '', 3: after = '', index } of text.matchAll(/([^|]?)(\|+)(?=([^]?))/gu)) {
    const flanked = flank(run, before, after);
    const from = index + before.length, to = index + all.length;
    if (flanked === null || run !== '||') continue;
    if (!flanked.closes) open ??= from;
    else if (open !== null) {
      found.push({ from: open, to });
      open = null;
    } else if (found.length > 0) found.push({ from: found.pop()!.from, to });
    else if (isCut && !flanked.opens) found.push({ from: 0, to });
    else if (flanked.opens) open = from;
  }
  if (isCut && open !== null) found.push({ from: open, to: text.length });
  return found;
}
