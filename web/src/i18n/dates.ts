/** Dates and times as the locale writes them. Formatters are kept: making one costs more than a message row. */
export class Dates {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;

  readonly #locale: string;
  #minute = NaN;
  #inMinute = '';

  constructor(locale: string) {
    this.#locale = locale;
    this.#time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
    this.#day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
    this.#short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  }

  time(ts: number): string {
    // Those of a room come by the dozen in one minute, and are written in many places each.
    const minute = Math.floor(ts / 60_000);
    if (minute !== this.#minute) [this.#minute, this.#inMinute] = [minute, this.#time.format(ts)];
    return this.#inMinute;
  }

  day(ts: number): string {
    return this.#day.format(ts);
  }

  /** For lists. */
  short(ts: number): string {
    return this.#short.format(ts);
  }

  /** How long something takes, in the largest unit that says it well. */
  span(ms: number): string {
    const seconds = Math.max(Math.ceil(ms / 1_000), 1);
    if (seconds < 120) return this.#unit(seconds, 'second');
    if (seconds < 120 * 60) return this.#unit(Math.ceil(seconds / 60), 'minute');
    return seconds < 48 * 3_600 ? this.#unit(Math.ceil(seconds / 3_600), 'hour') : this.#unit(Math.ceil(seconds / 86_400), 'day');
  }

  /** Of a file, in the unit in which people say it. */
  size(bytes: number): string {
    const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), 3);
    const unit = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[power]!;
    return new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay: power === 0 ? 'long' : 'short', maximumSignificantDigits: 2 }).format(bytes / 1_000 ** power);
  }

  #unit(count: number, unit: string): string {
    return new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }

  full(ts: number): string {
    return this.#full.format(ts);
  }
}
