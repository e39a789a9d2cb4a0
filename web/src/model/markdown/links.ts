/** What leads somewhere, and where it ends in the text. */
export interface Link {
  readonly href: string;
  readonly label: string;
  readonly end: number;
}

// Japanese text has no spaces around an address: its brackets and full stops end one as well; so do marks in pairs.
const address = /(?:https?:\/\/[^\s/?#<>"`|「」『』【】〈〉《》（）［］、。，．！？；：…]|mailto:[^\s@<>]{1,64}@)(?:(?!\*\*|~~)[^\s<>"`|「」『』【】〈〉《》（）［］、。，．！？；：…])*/iuy;
const host = /^(?:https?:\/\/[^/?#.,;:!]|mailto:.*@[^.])/iu;
const tail = '.,;:!?\'*_~]';

/** An address as it stands in a text, without the punctuation of the sentence around it. */
export function readAddress(text: string, at: number): Link | null {
  address.lastIndex = at;
  const found = address.exec(text);
  if (found === null) return null;
  const href = withoutTail(found[0]);
  return host.test(href) ? { href, label: href, end: at + href.length } : null;
}

/** "(see https://example.org/a_(b))." links https://example.org/a_(b) */
function withoutTail(found: string): string {
  let surplus = 0;
  for (const sign of found) surplus += sign === ')' ? 1 : sign === '(' ? -1 : 0;
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1]!;
    if (last === ')' && surplus > 0) surplus--;
    else if (!tail.includes(last)) break;
  }
  return found.slice(0, end);
}

// link = "[" label "](" (http-url / mailto-url / file) ")"      https://spec.commonmark.org/0.31.2/#inline-link
// No brackets stand in an address or, unless behind a backslash, in a label: so no character is looked at for two links,
// but behind backslashes: hence the limit, twice what the name of a file has.
const label = /\[((?:[^[\]\\\n]|\\.){1,512})\]\(/uy;
const target = /((?:https?:\/\/[^\s()[\]<>]|mailto:[^\s()[\]<>]|\/api\/v1\/files\/)(?:[^\s()[\]<>]|\([^\s()[\]<>]*\))*)\)/iuy;

/** What the composer writes names of files with (`fileMarkdown`), so that any client reads them. */
const escaped = /\\([\\[\]`*_<>])/gu;

export function readLink(text: string, at: number): Link | null {
  label.lastIndex = at;
  const named = label.exec(text);
  if (named === null) return null;
  target.lastIndex = label.lastIndex;
  const found = target.exec(text);
  const words = named[1]!.replace(escaped, '$1').trim();
  return found === null || words === '' ? null : { href: found[1]!, label: words, end: target.lastIndex };
}
