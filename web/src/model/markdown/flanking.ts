/** What a run of one sign may do, by what stands beside it. */
export interface Flank {
  readonly opens: boolean;
  readonly closes: boolean;
}

const known = new Set(['*', '**', '***', '_', '~~', '||']);

/** Letters of scripts that put spaces between words: within such a word, a sign is a sign. */
const spaced = /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆〇])[\p{L}\p{N}\p{M}]/u;
const letter = /^[\p{L}\p{N}\p{M}]/u;
const space = /^\s|^$/u;
const closing = /^[\p{Pe}\p{Pf}.,;:!?、。，．！？；：…]/u;
const opening = /^[\p{Ps}\p{Pi}]/u;
const ascii = /^[!-~]/u;
/** With what words in italics begin, and faces do not: (*´∀｀*) (*^_^*) (*ﾟ▽ﾟ*) (-_-) */
const wording = /^(?![\uff9e\uff9f])[\p{L}\p{N}\p{Ps}\p{Pi}\p{Extended_Pictographic}"@＠#＃`*_~|]/u;

/**
 * What stands inside must touch the sign, and not be what only ends or begins something: `(*) and (*)` is none. CommonMark wants a
 * space or a sign outside where there is one inside, so that **「強調」**です stays text there; here only a word of letters that is
 * not parted by spaces otherwise (5*3*2, a**b**c) keeps its signs. `_` asks for more, because names are written with it, and `||`
 * because programs are.
 * @param before The character before the run; empty at the beginning.
 * @param after The one behind it.
 */
export function flank(run: string, before: string, after: string): Flank | null {
  if (!known.has(run)) return null;
  const within = spaced.test(before) && spaced.test(after);
  const opens = !space.test(after) && !closing.test(after) && (run.length > 1 || wording.test(after)) && !within && mayStandOutside(run, before, '\\');
  const closes = !space.test(before) && !opening.test(before) && !within && mayStandOutside(run, after, '/');
  return opens || closes ? { opens, closes } : null;
}

/** @param arm What would be a shrug's: ¯\_(ツ)_/¯ */
function mayStandOutside(run: string, outside: string, arm: string): boolean {
  if (run === '_') return !letter.test(outside) && outside !== arm && outside !== '_';
  if (run === '||') return !ascii.test(outside);
  return true;
}
