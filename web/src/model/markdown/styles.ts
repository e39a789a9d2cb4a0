import type { Flank } from './flanking';
import type { Inline, Style } from './tree';

const styleOf: Readonly<Record<string, Style>> = { '*': 'em', '**': 'strong', _: 'em', '~~': 'strike', '||': 'spoiler' };

/**
 * Marks and what stands between them, and of these a tree. No style stands in itself, so that it is as deep as there are marks, not as
 * somebody writes; each mark is put down and taken up once.
 */
export class Styles {
  /** Nodes, and between them marks as text. */
  readonly #pieces: Inline[] = [];
  /** Where marks stand that nothing has closed yet, the last one last, for each kind of mark. */
  readonly #open = new Map<string, number>();
  readonly #opening = new Map<number, Style>();
  readonly #closing = new Set<number>();

  add(node: Inline): void {
    this.#pieces.push(node);
  }

  mark(marks: string, { opens, closes }: Flank): void {
    let left = marks;
    for (let open = closes ? this.#lastOpen(left) : null; open !== null; open = this.#lastOpen(left)) {
      this.#match(open);
      left = left.slice(open.length);
    }
    if (left === '') return;
    if (!opens) return this.add({ kind: 'text', text: left });
    for (const kind of left === '***' ? ['**', '*'] : [left]) {
      this.#open.set(kind, this.#pieces.length);
      this.add({ kind: 'text', text: kind });
    }
  }

  /** Nothing that is open is closed behind this. */
  end(): void {
    this.#open.clear();
  }

  tree(): readonly Inline[] {
    const root: Inline[] = [];
    const within: { readonly style: Style; readonly children: Inline[] }[] = [];
    this.#pieces.forEach((piece, at) => {
      const children = within.at(-1)?.children ?? root;
      const style = this.#opening.get(at);
      if (style !== undefined) within.push({ style, children: [] });
      else if (this.#closing.has(at)) {
        const done = within.pop()!;
        (within.at(-1)?.children ?? root).push({ kind: done.style, children: done.children });
      } else append(children, piece);
    });
    return root;
  }

  /** What these marks can close, the last one first: `***` closes `*` and `**`. */
  #lastOpen(marks: string): string | null {
    const candidates = marks === '***' ? ['*', '**'] : [marks];
    let last: string | null = null;
    for (const kind of candidates) {
      const at = this.#open.get(kind);
      if (at !== undefined && (last === null || at > this.#open.get(last)!)) last = kind;
    }
    return last;
  }

  #match(kind: string): void {
    const from = this.#open.get(kind)!;
    // What was opened in between and is still open is text.
    for (const [other, at] of this.#open) if (at >= from) this.#open.delete(other);
    this.#opening.set(from, styleOf[kind]!);
    this.#closing.add(this.#pieces.length);
    this.add({ kind: 'text', text: kind });
  }
}

function append(nodes: Inline[], node: Inline): void {
  const last = nodes.at(-1);
  if (node.kind === 'text' && last?.kind === 'text') nodes[nodes.length - 1] = { kind: 'text', text: last.text + node.text };
  else nodes.push(node);
}
