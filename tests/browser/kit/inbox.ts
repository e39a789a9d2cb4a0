/** Long enough for two cores that others use as well. */
const patience = 40_000;

/** What was received, in order, and a reader that waits for what it wants to see next. */
export class Inbox<T> {
  readonly #items: T[] = [];
  #read = 0;
  #waiting: (() => void) | null = null;

  get all(): readonly T[] {
    return this.#items;
  }

  put(item: T): void {
    this.#items.push(item);
    this.#waiting?.();
  }

  /** The next one that matches; what stands before it is passed over. */
  async next(matches: (item: T) => boolean, what: string): Promise<T> {
    const deadline = Date.now() + patience;
    for (;;) {
      while (this.#read < this.#items.length) {
        const item = this.#items[this.#read++]!;
        if (matches(item)) return item;
      }
      if (!(await this.#more(deadline - Date.now()))) {
        throw new Error(`${what} did not come. Received: ${JSON.stringify(this.#items.slice(-30), null, 1)}`);
      }
    }
  }

  #more(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), Math.max(ms, 0));
      const settle = (came: boolean) => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve(came);
      };
      this.#waiting = () => settle(true);
    });
  }
}
