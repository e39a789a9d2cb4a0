import { readFileLink, type FileLink } from './file-link';
import { endsFence, readFence } from './markdown/fence';

export type FileSegment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly image: boolean; readonly href: string; readonly file: FileLink };

// line = [ "!" ] "[" label "](" path ")"
const line = /^(!?)\[(?:[^\\\]]|\\.)*\]\(([^\s()]+)\)$/u;

/** Pictures of one message that are shown in their place; those behind are files as any other. */
const mostPictures = 20;

/** Splits a message into text and lines that are nothing but a file of this server. */
export function splitFiles(text: string): FileSegment[] {
  const segments: FileSegment[] = [];
  let pending: string[] = [];
  let pictures = 0;
  /** The backticks that end the code one is in; null: one is in none. */
  let fence: string | null = null;
  const flush = () => {
    if (pending.length > 0) segments.push({ kind: 'text', text: pending.join('\n') });
    pending = [];
  };
  const lines = text.split('\n').map((one) => ({ one, found: readLine(one) }));
  // Files are written behind a text: those are meant, also where somebody forgot to close their code.
  const behind = lines.findLastIndex(({ found }) => found === null) + 1;
  for (const [at, { one, found }] of lines.entries()) {
    // What stands in code is code, however it looks.
    if (fence !== null && at < behind) {
      pending.push(one);
      if (endsFence(one, fence)) fence = null;
      continue;
    }
    fence = at + 1 < lines.length ? readFence(one)?.marks ?? null : null;
    if (found === null) pending.push(one);
    else {
      flush();
      segments.push({ ...found, image: found.image && ++pictures <= mostPictures });
    }
  }
  flush();
  return segments;
}

/** A message's text, and the files that are written behind it: whoever changes the one leaves the others as they are. */
export function splitBehind(body: string): { readonly text: string; readonly files: string } {
  const lines = body.split('\n');
  const behind = lines.findLastIndex((one) => readLine(one) === null) + 1;
  return { text: lines.slice(0, behind).join('\n'), files: lines.slice(behind).join('\n') };
}

function readLine(one: string): Extract<FileSegment, { readonly kind: 'file' }> | null {
  const [, mark, href = ''] = line.exec(one) ?? [];
  const file = mark === undefined ? null : readFileLink(href);
  return file === null ? null : { kind: 'file', image: mark === '!', href, file };
}

/** The images of messages, in their order: what the viewer goes through. */
export function imagesIn(bodies: readonly (string | undefined)[]): FileLink[] {
  return bodies.flatMap((body) => (body === undefined ? [] : splitFiles(body)))
    .flatMap((segment) => (segment.kind === 'file' && segment.image ? [segment.file] : []));
}
