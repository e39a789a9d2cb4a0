/** What people do, one act at a time: each is something to find, to understand and to do. */
export class Steps {
  readonly #done: string[] = [];

  async step(what: string, act: () => Promise<unknown>): Promise<void> {
    await act();
    this.#done.push(what);
  }

  get done(): readonly string[] {
    return this.#done;
  }
}
