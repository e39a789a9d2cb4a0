/** As many as Minato.Sidecar keeps for an error. */
const kept = 50;

/** The newest lines of a program, for the error that tells of its end. */
export class LastLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > kept) this.#lines.shift();
  }

  get all(): readonly string[] {
    return [...this.#lines];
  }
}
