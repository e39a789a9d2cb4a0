/** Dates and times as the locale writes them. Formatters are kept: making one costs more than a message row. */
export class Dates {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;

  constructor(locale: string) {
    this.#time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
    this.#day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
    this.#short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  }

  time(ts: number): string {
    return this.#time.format(ts);
  }

  day(ts: number): string {
    return this.#day.format(ts);
  }

  /** For lists. */
  short(ts: number): string {
    return this.#short.format(ts);
  }

  full(ts: number): string {
    return this.#full.format(ts);
  }
}
