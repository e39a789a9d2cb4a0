import { batch } from 'solid-js';

/** Where frames are slow to come, or do not come at all, what waits is handed on after so many milliseconds. */
const longest = 50;
/** A frame that took so many milliseconds is followed by the next; after one that took longer it rests, so many times as long, up to so many milliseconds. */
const short = 12;
const times = 3;
const mostRest = 250;

/**
 * Hands on what comes: the first at once, and what comes before the next frame is painted together, then. Where that is more than the
 * processor manages, it rests for longer than it worked: however much comes, keys are heard between, and what is painted more rarely costs
 * less. A hidden page paints no frames, and its timers are late: there all comes at once.
 */
export class ByFrame<T> {
  readonly #hand: (item: T) => void;
  #waiting: T[] = [];
  #isResting = false;

  constructor(hand: (item: T) => void) {
    this.#hand = hand;
  }

  push(item: T): void {
    this.#waiting.push(item);
    if (this.#isResting && !document.hidden) return;
    this.drain();
    if (!this.#isResting) this.#rest();
  }

  /** Hands on all that waits. */
  drain(): void {
    const items = this.#waiting;
    this.#waiting = [];
    batch(() => items.forEach(this.#hand));
  }

  #rest(): void {
    this.#isResting = true;
    atFrame(() => {
      this.#isResting = this.#waiting.length > 0;
      if (!this.#isResting) return;
      const began = performance.now();
      // A task of its own: after what was changed has been painted.
      setTimeout(() => {
        const worked = performance.now() - began;
        if (worked < short) this.#rest();
        else setTimeout(() => this.#rest(), Math.min(worked * times, mostRest));
      });
      this.drain();
    });
  }
}

function atFrame(run: () => void): void {
  const now = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(now);
  const timer = setTimeout(now, longest);
}
