import { endsFence, readFence } from './fence';
import { findInlines } from './inlines';
import type { KnownNames } from './known-names';
import type { Steps } from './steps';
import type { Block, Item } from './tree';

/** Quotes and lists within each other; what is deeper stays text. Each level reads its lines once more. */
export const maxDepth = 6;

const language = /^[\w+#.-]{1,32}$/u;
// quote = ">" SP text *(EOL ">" [SP text]): without the space it may be a face, as in >_<
const quoteBegins = /^ {0,3}>[ \u3000]+\S/u;
const quoteGoesOn = /^ {0,3}>(?:[ \u3000]|$)/u;
// item = [indent] ("-" / "*" / 1*9DIGIT ("." / ")")) 1*SP text
const item = /^( *)(?:[-*]|(\d{1,9})[.)])[ \t]+(?=\S)/u;

/** The lines as blocks, each line in one of them. */
export function findBlocks(lines: readonly string[], depth: number, known: KnownNames, steps: Steps): Block[] {
  const blocks: Block[] = [];
  let prose: string[] = [];
  const endProse = () => {
    const text = withoutEmptyEnds(prose).join('\n');
    if (text !== '') blocks.push({ kind: 'paragraph', children: findInlines(text, known, steps) });
    prose = [];
  };
  const add = (found: Found): number => {
    endProse();
    blocks.push(found.block);
    return found.end;
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    steps.take(line.length + 1);
    const found = readCode(lines, at, steps) ?? (depth < maxDepth ? readQuote(lines, at, depth, known, steps) ?? readList(lines, at, depth, known, steps) : null);
    if (found !== null) at = add(found);
    else {
      prose.push(line);
      at++;
    }
  }
  endProse();
  return blocks;
}

/** `end` is the line after it. */
interface Found {
  readonly block: Block;
  readonly end: number;
}

/** To a line that ends with as many backticks, or to the end of the message: forgetting them is common, and loses nothing. */
function readCode(lines: readonly string[], at: number, steps: Steps): Found | null {
  const opening = readFence(lines[at]!);
  if (opening === null || at + 1 === lines.length) return null;
  const { marks, info } = opening;
  const named = language.test(info.trim());
  // What stands beside the backticks and is no language is code: people write on there.
  const code = named || info.trim() === '' ? [] : [info.trimStart()];
  let end = at + 1;
  for (; end < lines.length; end++) {
    const line = lines[end]!;
    steps.take(line.length + 1);
    if (!endsFence(line, marks)) code.push(line);
    else {
      const rest = line.trimEnd().slice(0, -marks.length);
      if (rest.trim() !== '') code.push(rest);
      end++;
      break;
    }
  }
  return { block: { kind: 'code', language: named ? info.trim().toLowerCase() : '', text: code.join('\n') }, end };
}

function readQuote(lines: readonly string[], at: number, depth: number, known: KnownNames, steps: Steps): Found | null {
  if (!quoteBegins.test(lines[at]!)) return null;
  const inner: string[] = [];
  let end = at;
  for (; end < lines.length; end++) {
    const mark = quoteGoesOn.exec(lines[end]!);
    if (mark === null) break;
    steps.take(lines[end]!.length + 1);
    inner.push(lines[end]!.slice(mark[0].length));
  }
  return { block: { kind: 'quote', children: findBlocks(inner, depth + 1, known, steps) }, end };
}

/** Items of one indentation; what is indented further belongs to the item above it. An empty line may stand between. */
function readList(lines: readonly string[], at: number, depth: number, known: KnownNames, steps: Steps): Found | null {
  const first = item.exec(lines[at]!);
  if (first === null) return null;
  const indent = first[1]!.length;
  const numbered = first[2] !== undefined;
  const items: Item[] = [];
  let end = at;
  while (end < lines.length) {
    const mark = item.exec(lines[end]!);
    if (mark === null || mark[1]!.length !== indent || (mark[2] !== undefined) !== numbered) break;
    const own = [lines[end]!.slice(mark[0].length)];
    steps.take(lines[end]!.length + 1);
    for (end++; end < lines.length; end++) {
      const next = lines[end]!;
      steps.take(Math.min(next.length, indent + 2) + 1);
      if (next.trim() === '' || indentOf(next) < indent + 2) break;
      own.push(next.slice(Math.min(indentOf(next), mark[0].length)));
    }
    items.push({ number: numbered ? Number(mark[2]) : null, children: findBlocks(own, depth + 1, known, steps) });
    if (lines[end]?.trim() === '' && goesOn(lines[end + 1], indent, numbered)) end++;
  }
  return { block: { kind: 'list', items }, end };
}

function goesOn(line: string | undefined, indent: number, numbered: boolean): boolean {
  const mark = line === undefined ? null : item.exec(line);
  return mark !== null && mark[1]!.length === indent && (mark[2] !== undefined) === numbered;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function withoutEmptyEnds(lines: readonly string[]): readonly string[] {
  let [start, end] = [0, lines.length];
  while (start < end && lines[start]!.trim() === '') start++;
  while (end > start && lines[end - 1]!.trim() === '') end--;
  return lines.slice(start, end);
}
