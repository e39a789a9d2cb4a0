const ascii = /^[\x20-\x7e]*$/u;
const accents = /[\u0300-\u036f]/gu;
const katakana = /[ァ-ヶヽヾ]/gu;
/** From katakana to hiragana in Unicode. */
const kanaDistance = 0x60;

/** As people type in a hurry: without width, case and accents, and with katakana as hiragana, so that ﾃﾞｻﾞｲﾝ, デザイン and でざいん are one. か and が stay two. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(accents, '').normalize('NFKC').toLowerCase()
    .replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - kanaDistance));
}

/** The names of something, folded when they are first asked for: of a thousand rooms most never are. */
export function foldedOnce(...names: readonly string[]): () => readonly string[] {
  let folded: readonly string[] | null = null;
  return () => (folded ??= names.filter((name) => name !== '').map(fold));
}
