export interface Token {
  /** What it is, as the theme names it; null: plain. */
  readonly scope: string | null;
  readonly text: string;
}

/** What the style sheet has a colour for; of `title.function` the first word counts. */
const known = new Set([
  'keyword', 'built_in', 'type', 'literal', 'number', 'string', 'comment', 'doctag', 'title', 'attr', 'attribute', 'variable', 'symbol', 'meta', 'regexp', 'tag', 'name',
  'selector-tag', 'selector-class', 'selector-id', 'section', 'addition', 'deletion', 'property', 'params', 'subst', 'operator',
]);

// https://highlightjs.readthedocs.io/en/latest/api.html: an emitter is told of each piece of text and of the scopes around it.
/** Takes the place of highlight.js's own emitter, which makes HTML: here text stays text. */
export class Tokens {
  readonly tokens: Token[] = [];
  readonly #scopes: (string | null)[] = [];

  addText(text: string): void {
    if (text !== '') this.tokens.push({ scope: this.#scopes.findLast((scope) => scope !== null) ?? null, text });
  }

  openNode(scope: string): void {
    const first = scope.split('.')[0]!;
    this.#scopes.push(known.has(first) ? first : null);
  }

  closeNode(): void {
    this.#scopes.pop();
  }

  startScope(scope: string): void {
    this.openNode(scope);
  }

  endScope(): void {
    this.closeNode();
  }

  __addSublanguage(other: Tokens): void {
    this.tokens.push(...other.tokens);
  }

  finalize(): void {}

  toHTML(): string {
    return '';
  }
}
