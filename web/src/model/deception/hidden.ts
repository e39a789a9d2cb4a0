/** A piece of text as it is shown, or a character that would not be seen, or would change how all others are. */
export type Part = string | { readonly code: number };

/** What is looked at beside a character, in UTF-16 code units: the longest flag has fourteen. */
const window = 16;
const pictograph = /\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?$/u;
/** Scripts in which a joiner says how letters join, and some that are written from right to left. */
const joining = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;

// Default_Ignorable_Code_Point, the bidirectional formatting among it        https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
// and the blanks that count as letters or symbols.
const suspect = /[\p{Default_Ignorable_Code_Point}\u2800\u2028\u2029\ufff9-\ufffb]/gu;

/**
 * Overrides and isolates (U+202E, U+2066…), spaces of no width and letters that are blank become parts of their own. What belongs to
 * how something is written stays: joiners in emoji and in scripts that join, selectors of variants, the tags of a flag.
 */
export function reveal(text: string): readonly Part[] {
  if (text.search(suspect) < 0) return [text];
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: character, index } of text.matchAll(suspect)) {
    if (belongs(character.codePointAt(0)!, text.slice(Math.max(0, index - window), index), text.slice(index + character.length, index + character.length + window))) continue;
    if (index > end) parts.push(text.slice(end, index));
    parts.push({ code: character.codePointAt(0)! });
    end = index + character.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** For where no element can name what would not be seen: names of files, notifications, labels. */
export function withoutHidden(text: string): string {
  return reveal(text).filter((part) => typeof part === 'string').join('');
}

function belongs(code: number, before: string, after: string): boolean {
  if (isSelector(code)) return /[^\s\p{Default_Ignorable_Code_Point}]$/u.test(before);
  if (code === 0x200d) return (pictograph.test(before) && /^[\p{Extended_Pictographic}♀♂]/u.test(after)) || joining.test(before);
  if (code === 0x200c || code === 0x200e || code === 0x200f || code === 0x061c) return joining.test(before) || joining.test(after);
  // Flags of parts of countries: a black flag and what it is of, spelt in tags.
  if (code >= 0xe0020 && code <= 0xe007f) return /\u{1f3f4}[\u{e0020}-\u{e007e}]*$/u.test(before);
  return false;
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

/** U+202E */
export function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
