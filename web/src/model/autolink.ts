export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string };

// Japanese text has no spaces around a URL: its brackets and full stops end one as well.
const url = /https?:\/\/[^\s<>"`「」『』【】〈〉《》（）［］、。，．！？；：…]+/giu;
const trailing = /[.,;:!?'*_~]+$/u;

/** Splits plain text into text and http(s) links; joined again they give the text. */
export function autolink(text: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(url)) {
    const href = withoutTail(match[0]);
    if (!/^https?:\/\/[^/?#]/iu.test(href)) continue;
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    segments.push({ kind: 'link', href });
    end = match.index + href.length;
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

/** "(see https://example.org/a_(b))." links https://example.org/a_(b) */
function withoutTail(link: string): string {
  const shorter = link.replace(trailing, '');
  const unbalanced = shorter.endsWith(')') && shorter.split(')').length > shorter.split('(').length;
  if (unbalanced) return withoutTail(shorter.slice(0, -1));
  return shorter;
}
