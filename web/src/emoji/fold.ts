const hiragana = /[\u3041-\u3096]/gu;
const toKatakana = 0x60;

/** So that かな finds カナ, ＡＢＣ abc, and a hyphen or underscore what is written with spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(hiragana, (letter) => String.fromCharCode(letter.charCodeAt(0) + toKatakana))
    .replace(/[-_\s]+/gu, ' ')
    .trim();
}
