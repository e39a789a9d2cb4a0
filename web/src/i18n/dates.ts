import type { Language } from './language';

/** Dates and times as the language writes them. Formatters are kept: making one costs more than a message row. */
export class Dates {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(language: Language) {
    this.#time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
    this.#day = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
    this.#full = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium' });
  }

  time(ts: number): string {
    return this.#time.format(ts);
  }

  day(ts: number): string {
    return this.#day.format(ts);
  }

  full(ts: number): string {
    return this.#full.format(ts);
  }
}
