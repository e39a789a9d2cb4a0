/** A little less than the end still counts as the end: a bounce or a fraction of a pixel should not unpin. */
const nearEnd = 40;
/** How many pixels before an edge more is mounted or fetched, and before which it is mounted in haste. */
const nearEdge = 1_500;
const atEdge = 600;
/** Pixels that a line takes at least (see `.message` in room.css). */
const leastLine = 20;
/** How many pixels the day in sight takes at the upper edge. */
const upperPart = 64;
/** Pixels that are kept free above the lines while there are more of them. */
const reserve = 20_000;

/**
 * Keeps the log where the reader left it. The browser's own anchoring is off (`overflow-anchor: none`): Safari lacks it, and two
 * anchors pull against each other.
 */
export class Scroll {
  readonly #log: HTMLElement;
  readonly #lines: HTMLElement;
  /** The first text in sight, and how far it lies below the beginning of the content: that changes with what is above it, not by scrolling. */
  #anchor: { readonly element: Element; readonly offset: number; readonly scrolled: number } | null = null;
  #top = 0;
  #height = 0;
  /**
   * Pixels that are free above the lines: what is mounted there takes them up, and what goes from there gives them back. So nothing
   * below it moves, and nothing that was painted is painted again.
   */
  #free = 0;

  constructor(log: HTMLElement, lines: HTMLElement) {
    this.#log = log;
    this.#lines = lines;
  }

  get atEnd(): boolean {
    return this.#below < nearEnd;
  }

  /** How many lines fill it, whatever they are, and some where it has hardly any height: a keyboard may take all of it. */
  get screenful(): number {
    return Math.max(Math.ceil(this.#log.clientHeight / leastLine), 10);
  }

  /** How many lines fill it and what is mounted above it, whatever they are. */
  get enough(): number {
    return Math.ceil((this.#log.clientHeight + nearEdge) / leastLine);
  }

  get nearTop(): boolean {
    return this.#above < nearEdge;
  }

  /** Whether a turn of the wheel or two reaches what is not mounted. */
  get isUrgent(): boolean {
    return Math.min(this.#above, this.#below) < atEdge;
  }

  get nearBottom(): boolean {
    return this.#below < nearEdge;
  }

  /** The first message in sight, and how far below the upper edge its text begins. */
  get first(): { readonly seq: number; readonly top: number } | null {
    const seq = this.#anchor?.element.closest<HTMLElement>('[data-seq]')?.dataset['seq'];
    return seq === undefined ? null : { seq: Number(seq), top: this.#anchor!.offset - this.#log.scrollTop };
  }

  /** Whether the beginning of that day is in sight itself, or that of the next one stands in the upper part, where the day is said of what is in sight. */
  get saysDay(): boolean {
    const edge = this.#log.getBoundingClientRect().top;
    const line = this.#anchor?.element.closest('.line');
    const beginning = (line: Element | null | undefined) => line?.querySelector('.day')?.getBoundingClientRect();
    const [own, next] = [beginning(line), beginning(line?.nextElementSibling)];
    return (own !== undefined && own.bottom > edge) || (next !== undefined && next.top < edge + upperPart);
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
   * Remembers where the first text in sight stands. The text, not its row: the row loses its day and its byline when older ones of the
   * same author come before it, and the text under them should not move.
   */
  hold(): void {
    const element = this.#firstInSight();
    this.#anchor = element === null ? null : { element, offset: this.#offset(element), scrolled: this.#log.scrollTop };
  }

  /**
   * After something above it changed, in whatever way: puts it back to where the reader saw it. What the reader scrolled since then is kept.
   * @param more Whether more lines may come above those that are mounted.
   */
  restore(more: boolean): void {
    const anchor = this.#anchor;
    if (anchor?.element.isConnected) {
      const { scrollTop } = this.#log;
      // Content that became shorter may have ended before where the reader was: then it was the browser that scrolled.
      const cut = scrollTop < anchor.scrolled && this.#below < 1;
      this.#takeUp(this.#offset(anchor.element) - anchor.offset, more);
      const top = (cut ? anchor.scrolled : scrollTop) + this.#offset(anchor.element) - anchor.offset;
      // What is free is nothing to be seen.
      const seen = Math.max(top, this.#free);
      if (seen !== scrollTop) this.#log.scrollTop = seen;
    }
    this.hold();
  }

  /** There nothing is held in its place, and nothing need be measured at each message that comes. */
  toEnd(): void {
    this.#keepFree(0);
    this.#log.scrollTop = this.#log.scrollHeight;
    this.movedUp();
    this.#anchor = null;
  }

  /** Shows an element so far below the upper edge: in the upper part, with some of what stands before it. */
  toElement(element: Element, top = this.#log.clientHeight / 4): void {
    this.#log.scrollTop += this.#inView(element.querySelector('.body') ?? element) - top;
    this.movedUp();
    this.hold();
  }

  get #above(): number {
    return this.#log.scrollTop - this.#free;
  }

  get #below(): number {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
  }

  /** Lets what came above the reader take up what is free there. Only where too little or too much of it would be left does everything move. */
  #takeUp(moved: number, more: boolean): void {
    const left = this.#free - moved;
    if (!more) this.#keepFree(0);
    else if (moved !== 0) this.#keepFree(left >= 0 && left <= 2 * reserve ? left : reserve);
  }

  #keepFree(pixels: number): void {
    if (pixels === this.#free) return;
    this.#free = pixels;
    this.#lines.style.marginTop = pixels === 0 ? '' : `${pixels}px`;
  }

  #inView(element: Element): number {
    return element.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
  }

  #offset(element: Element): number {
    return this.#inView(element) + this.#log.scrollTop;
  }

  /** By halves: at each scroll event a few lines are measured, not all of them. */
  #firstInSight(): Element | null {
    const edge = this.#log.getBoundingClientRect().top;
    const lines = this.#lines.getElementsByClassName('line');
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle]!.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const line = lines[low];
    return line === undefined ? null : line.querySelector('.body') ?? line;
  }
}
