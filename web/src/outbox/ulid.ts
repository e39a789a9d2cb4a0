const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes ULIDs (github.com/ulid/spec): 48 bits of time and 80 of chance, each one greater than the one before. */
export class UlidFactory {
  readonly #now: () => number;
  readonly #fill: (bytes: Uint8Array<ArrayBuffer>) => void;
  #time = -1;
  /** Sixteen digits of base 32, so that adding one is a carry and no big number. */
  #chance: number[] = [];

  constructor(now: () => number, fill: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#now = now;
    this.#fill = fill;
  }

  next(): string {
    const now = this.#now();
    if (now > this.#time || !this.#increment()) {
      this.#time = Math.max(now, this.#time + 1);
      this.#chance = this.#draw();
    }
    return encodeTime(this.#time) + this.#chance.map((digit) => alphabet[digit]).join('');
  }

  #draw(): number[] {
    const bytes = new Uint8Array(16);
    this.#fill(bytes);
    return Array.from(bytes, (byte) => byte & 31);
  }

  /** False when the chance of this millisecond is used up; the next one is borrowed then. */
  #increment(): boolean {
    const index = this.#chance.findLastIndex((digit) => digit < 31);
    if (index < 0) return false;
    this.#chance = this.#chance.map((digit, at) => (at < index ? digit : at === index ? digit + 1 : 0));
    return true;
  }
}

function encodeTime(time: number): string {
  let digits = '';
  for (let rest = time; digits.length < 10; rest = Math.floor(rest / 32)) digits = alphabet[rest % 32] + digits;
  return digits;
}
