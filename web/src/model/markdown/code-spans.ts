import type { Steps } from './steps';

// code = 1*"`" text (as many "`")            https://spec.commonmark.org/0.31.2/#code-spans
/** Where code between backticks ends: each run of them is looked at twice, however many there are. */
export class CodeSpans {
  readonly #text: string;
  /** Where runs of each length begin, the last first. */
  readonly #runs = new Map<number, number[]>();

  constructor(text: string, steps: Steps) {
    this.#text = text;
    if (!text.includes('`')) return;
    steps.take(text.length);
    for (const { index, 0: run } of [...text.matchAll(/`+/gu)].reverse()) {
      const known = this.#runs.get(run.length);
      if (known === undefined) this.#runs.set(run.length, [index]);
      else known.push(index);
    }
  }

  /** @param at Where a run of backticks begins. */
  read(at: number): { readonly code: string | null; readonly end: number } {
    let inner = at;
    while (this.#text[inner] === '`') inner++;
    const length = inner - at;
    const runs = this.#runs.get(length) ?? [];
    while (runs.length > 0 && runs.at(-1)! <= at) runs.pop();
    const close = runs.at(-1);
    if (close === undefined) return { code: null, end: inner };
    const code = this.#text.slice(inner, close);
    // An empty line ends what nobody closed.
    if (/\n\s*\n/u.test(code)) return { code: null, end: inner };
    return { code: withoutPadding(code), end: close + length };
  }
}

/** One space on each side, with which code begins or ends that has backticks there itself. */
function withoutPadding(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code;
}
