/** Where in a room one is: at its newest message, or with this one so many pixels below the upper edge. */
export interface Place {
  readonly seq: number | 'newest';
  readonly top?: number;
}

/**
 * Where one was at each step of the browser's history, so that going back leads there. A step is known by a number in its state; what is
 * remembered lasts as long as the page.
 */
export class Places {
  readonly #places = new Map<number, Place>();
  #step = stepOf(history.state) ?? 0;
  #address = location.hash;
  #ask: (() => Place) | null = null;

  get here(): Place | undefined {
    return this.#places.get(this.#step);
  }

  ask(ask: () => Place): void {
    this.#ask = ask;
  }

  /** A step onwards. From what lies over the room it takes that one's place: on the way back nobody wants to see it again. */
  step(address: string): void {
    this.#leave();
    this.#begin();
    history[isCovered() ? 'replaceState' : 'pushState']({ step: this.#step }, '', address);
    this.#address = address;
  }

  /** The same step by another address: what is there is called otherwise. */
  rename(address: string): void {
    history.replaceState(history.state, '', address);
    this.#address = location.hash;
  }

  /** A step that leads nowhere else: something lies over the room from here on. */
  cover(): void {
    if (isCovered()) return;
    history.replaceState({ ...history.state, step: this.#step }, '');
    history.pushState({ step: this.#step, over: true }, '');
  }

  /** After the browser made a step of its own: whether it leads elsewhere. */
  moved(): boolean {
    const step = stepOf(history.state);
    if (step === this.#step && location.hash === this.#address) return false;
    this.#leave();
    if (step === null) {
      this.#begin();
      history.replaceState({ step: this.#step }, '');
    } else {
      this.#step = step;
    }
    this.#address = location.hash;
    return true;
  }

  #leave(): void {
    const place = this.#ask?.();
    if (place !== undefined) this.#places.set(this.#step, place);
  }

  #begin(): void {
    // Not a count: a page that was reloaded has steps of its former life before and behind it.
    this.#step = Date.now() + Math.random();
  }
}

/** Whether this step of the history is that of something that lies over the room. */
export function isCovered(): boolean {
  return (history.state as { over?: unknown } | null)?.over === true;
}

function stepOf(state: unknown): number | null {
  const step = (state as { step?: unknown } | null)?.step;
  return typeof step === 'number' ? step : null;
}
