/** Far above any line of Minato's, and bounded: a program that never ends its line costs no more than this. In UTF-16 code units. */
const longest = 8192;

/** Makes lines of what arrives in pieces. One that is too long is told as soon as that is known, and its rest passed over. */
export class LineSplitter {
  readonly #tell: (line: string) => void;
  #begun = '';
  #passing = false;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  write(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#add(text.slice(from, end));
      if (!this.#passing) this.#end();
      this.#passing = false;
      from = end + 1;
    }
    this.#add(text.slice(from));
  }

  /** Nothing more comes: what was begun is a line, too. */
  end(): void {
    if (this.#begun !== '') this.#end();
  }

  #add(piece: string): void {
    if (this.#passing) return;
    this.#begun += piece.slice(0, longest - this.#begun.length);
    if (this.#begun.length < longest) return;
    this.#end();
    this.#passing = true;
  }

  #end(): void {
    const line = this.#begun.endsWith('\r') ? this.#begun.slice(0, -1) : this.#begun;
    this.#begun = '';
    this.#tell(line);
  }
}
