import { expect, test } from 'vitest';
import corpus from '../../../../tests/corpus/mentions.json';
import { parse } from '../../../src/model/markdown/parse';
import type { Inline } from '../../../src/model/markdown/tree';
import { nickKey } from '../../../src/model/people/nick-key';

const nicks = new Map(corpus.known.map((nick) => [nickKey(nick), nick]));
const known = { mention: (key: string) => key === 'everyone' || nicks.has(key), room: () => false };

test.each(corpus.cases as [string, string][])('what is marked in %j is whom the server tells', (text, expected) => {
  const keys = new Set(parse(text, known).flatMap((block) => (block.kind === 'paragraph' ? block.children : [])).flatMap(named));
  const everyone = keys.delete('everyone');
  expect([...[...keys].map((key) => nicks.get(key)), ...(everyone ? ['*'] : [])].join(' ')).toBe(expected);
});

function named(node: Inline): string[] {
  return node.kind === 'mention' ? [nickKey(node.name)] : [];
}
