/** A little less than the end still counts as the end: a bounce or a fraction of a pixel should not unpin. */
const nearEnd = 40;
/** How many pixels before an edge more is mounted or fetched. */
const nearEdge = 600;

/**
 * Keeps the log where the reader left it. The browser's own anchoring is off (`overflow-anchor: none`): Safari lacks it, and two
 * anchors pull against each other.
 */
export class Scroll {
  readonly #log: HTMLElement;
  #anchor: { readonly element: Element; readonly top: number } | null = null;
  #frame = 0;
  #top = 0;
  #height = 0;

  constructor(log: HTMLElement) {
    this.#log = log;
  }

  get atEnd(): boolean {
    return this.#below < nearEnd;
  }

  get nearTop(): boolean {
    return this.#log.scrollTop < nearEdge;
  }

  get nearBottom(): boolean {
    return this.#below < nearEdge;
  }

  /**
   * Whether the reader moved up since the last look. While messages pour in, the end runs away from a log that follows it, and
   * lines that go at the top move it, too: neither is the reader's wish to stop following.
   */
  movedUp(): boolean {
    const { scrollTop, scrollHeight } = this.#log;
    const moved = scrollTop < this.#top - 1 && scrollHeight >= this.#height;
    this.#top = scrollTop;
    this.#height = scrollHeight;
    return moved;
  }

  /**
   * Before lines change above: remembers where the first text in sight stands. The text, not its row: the row loses its day and
   * its byline when older ones of the same author come before it, and the text under them should not move.
   */
  capture(): void {
    const top = this.#log.getBoundingClientRect().top;
    for (const element of this.#log.querySelectorAll('.body')) {
      const box = element.getBoundingClientRect();
      if (box.bottom > top) {
        this.#anchor = { element, top: box.top };
        return;
      }
    }
  }

  /** After they changed: puts it back there. */
  restore(): void {
    const anchor = this.#anchor;
    this.#anchor = null;
    if (anchor?.element.isConnected) this.#log.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
  }

  /** To the end, once before the next paint however many lines came. */
  toEnd(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#log.scrollTop = this.#log.scrollHeight;
      this.movedUp();
    });
  }

  /** Shows an element in the upper part, with some of what stands before it. */
  toElement(element: Element): void {
    const offset = element.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    this.#log.scrollTop += offset - this.#log.clientHeight / 4;
  }

  get #below(): number {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
  }
}
