import { byteLength } from '../body';

/** The longest name, in bytes of UTF-8. */
export const longestName = 64;

const signs = new Set("-_.[]{}|\\^`'");
/** Control, format, surrogate, private, unassigned, and every space. */
const forbidden = /[\p{C}\p{Z}]/u;
/** Letters to Unicode and nothing to the eye. */
const invisible = /[\u115F\u1160\u3164\uFFA0\u2800\u034F\u17B4\u17B5\u180B-\u180F\u{1D159}\u{16FE4}]/u;
const selectors = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** The name in normal form, or null when it cannot be one. As the server decides it (NameRules). */
export function normalNick(text: string): string | null {
  if (text.length === 0 || text.length > longestName) return null;
  const name = text.normalize('NFC');
  if (byteLength(name) > longestName || isMark(name.codePointAt(0)!)) return null;
  for (const character of name) if (!isAllowed(character)) return null;
  return name;
}

/** Two nicks with the same key are the same nick: width (NFKC) and case are folded, up and down, so that ς and σ are one. */
export function nickKey(nick: string): string {
  const folded = nick.normalize('NFKC').replace(selectors, '').normalize('NFKC');
  return [...folded].map(foldCase).join('').normalize('NFKC');
}

export function isAllowed(character: string): boolean {
  if (character <= '\u007F') return /[a-zA-Z0-9]/u.test(character) || signs.has(character);
  if (forbidden.test(character) || invisible.test(character)) return false;
  // Full-width forms of the forbidden ASCII signs (！ ＠ ＃) would fold to them.
  return [...character.normalize('NFKC')].every((folded) => folded > '\u007F' || isAllowed(folded));
}

export function isMark(codePoint: number): boolean {
  return /\p{M}/u.test(String.fromCodePoint(codePoint));
}

/** One character for one, as the server folds: ß stays, and neither the dotted İ nor the dotless ı becomes an i. */
function foldCase(character: string): string {
  if (character === 'İ' || character === 'ı') return character;
  const upper = single(character, character.toUpperCase());
  return single(upper, upper.toLowerCase());
}

function single(otherwise: string, folded: string): string {
  return [...folded].length === 1 ? folded : otherwise;
}
