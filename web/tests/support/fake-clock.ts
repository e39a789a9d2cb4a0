import type { Clock } from '../../src/connection/clock';

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  #now = 1_763_654_400_000;
  #jumped = 0;
  #timers: { due: number; run: () => void }[] = [];

  now = () => this.#now + this.#jumped;
  elapsed = () => this.#now - 1_763_654_400_000;

  /** Somebody sets the clock; no timer rings for that. */
  jump(ms: number): void {
    this.#jumped += ms;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, run };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.due;
      next.run();
    }
    this.#now = end;
  }
}
