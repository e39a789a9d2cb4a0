/** What is sent of what was typed: LF line ends, no other control characters than tab, no empty lines around it. */
export function cleanBody(typed: string): string {
  return typed
    .replace(/\r\n?/gu, '\n')
    .replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, '')
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    // Not by an expression: it would look at each space of a long run anew, with every key.
    .trimEnd();
}

/** Bytes of UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
