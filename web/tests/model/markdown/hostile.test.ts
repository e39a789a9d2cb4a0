import { expect, test } from 'vitest';
import { maxDepth } from '../../../src/model/markdown/blocks';
import { parse } from '../../../src/model/markdown/parse';
import { Steps } from '../../../src/model/markdown/steps';
import type { Block, Inline } from '../../../src/model/markdown/tree';

/** A body of the greatest size, in characters of ASCII. */
const size = 16_384;
const units = [
  '[', ']', '[a](', '![', '\\[', '[\\[', '*', '**', '***', '****', '_', '~~', '||', '`', '` ``', '*a ', '*a **b ', '**a *b ', 'a**', '*a*', '_a ', '> ', '> a\n', '>\n', '- ', '- a\n', '1. ',
  ' - a\n', '```\n', '```a\n', 'http://', 'https://a)', 'mailto:', '(', ')', '@', '@a', '#', '\n', ' \n', '　', '**「', '」**', '\u202e', '🚢**', '[a](https://x(',
];

const nested = Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n');
const inputs = [...units.map((unit) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)), nested, '`'.repeat(180).split('').map((_, i) => '`'.repeat(i + 1)).join(' ')];

test.each(inputs)('%.12s… is read in steps that grow with its length, and lies no deeper than is bearable', (text) => {
  const steps = new Steps();
  let lookups = 0;
  const tree = parse(text, { mention: () => (lookups++, false), room: () => false }, steps);
  expect(steps.taken).toBeLessThan(text.length * (maxDepth + 1) * 4 + 100);
  expect(lookups).toBeLessThanOrEqual(text.length);
  expect(depthOf(tree)).toBeLessThan(maxDepth * 2 + 10);
});

test.each(inputs)('%.12s… is not slow in what is not counted either: twice as much of it takes about twice the steps', (text) => {
  const [half, whole] = [new Steps(), new Steps()];
  parse(text.slice(0, text.length / 2), undefined, half);
  parse(text, undefined, whole);
  expect(whole.taken).toBeLessThan(half.taken * 4 + 1_000);
});

function depthOf(nodes: readonly (Block | Inline)[]): number {
  return Math.max(0, ...nodes.map((node) => 1 + ('items' in node ? depthOf(node.items.flatMap((item) => item.children)) : 'children' in node ? depthOf(node.children) : 0)));
}
