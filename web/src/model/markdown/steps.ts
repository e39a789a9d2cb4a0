/** What a parse has looked at, in characters: tests hold it to a multiple of what was written, where a clock would lie. */
export class Steps {
  taken = 0;

  take(characters: number): void {
    this.taken += characters;
  }
}
