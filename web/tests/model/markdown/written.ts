import type { Block, Inline } from '../../../src/model/markdown/tree';

/** The tree as one line, for tables of examples: `strong(…)`, `code(…)`, blocks parted by ` / `. */
export function written(blocks: readonly Block[]): string {
  return blocks.map(block).join(' / ');
}

function block(block: Block): string {
  switch (block.kind) {
    case 'paragraph': return inlines(block.children);
    case 'code': return `fence:${block.language}(${block.text})`;
    case 'quote': return `quote(${written(block.children)})`;
    case 'list': return `list(${block.items.map(({ number, children }) => `${number ?? '-'} ${written(children)}`).join('; ')})`;
  }
}

function inlines(nodes: readonly Inline[]): string {
  return nodes.map((node) => {
    switch (node.kind) {
      case 'text': return node.text;
      case 'code': return `code(${node.text})`;
      case 'link': return node.label === node.href ? `link(${node.href})` : `${node.image ? 'image' : 'link'}(${node.label} → ${node.href})`;
      case 'mention': case 'room': return `${node.kind}(${node.name})`;
      default: return `${node.kind}(${inlines(node.children)})`;
    }
  }).join('');
}
