/** The first pause, doubled each time up to the longest, as Minato.Sidecar's. All in milliseconds. */
const firstPause = 100;
const longestPause = 10_000;
/** Who has run for so long is well again: the pause is the first one. */
const stable = 10_000;
/** So many restarts within this time, and no more. */
const budget = 5;
const budgetTime = 60_000;

/** When a server that ended unasked is started again. Times are milliseconds of one clock that never goes back. */
export class RestartPace {
  readonly #restarts: number[] = [];
  #inARow = 0;
  /** Null while it does not run. */
  #startedAt: number | null;

  constructor(now: number) {
    this.#startedAt = now;
  }

  /** It serves. */
  started(now: number): void {
    this.#startedAt = now;
  }

  /**
   * It ended, or did not start. The pause before the next start, or null: it is given up.
   * @param random From 0 to 1: up to a half less by chance, so that several do not return as one.
   */
  ended(now: number, random: number): number | null {
    while (this.#restarts.length > 0 && this.#restarts[0]! <= now - budgetTime) this.#restarts.shift();
    if (this.#restarts.length >= budget) return null;
    this.#restarts.push(now);
    if (this.#startedAt !== null && now - this.#startedAt >= stable) this.#inARow = 0;
    this.#startedAt = null;
    return Math.min(longestPause, firstPause * 2 ** this.#inARow++) * (1 - random / 2);
  }
}
