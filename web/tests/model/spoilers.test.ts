import { describe, expect, test } from 'vitest';
import { parse } from '../../src/model/markdown/parse';
import type { Block, Inline } from '../../src/model/markdown/tree';
import { plainText } from '../../src/model/plain-text';
import { coverPieces, coverSpoilers } from '../../src/model/spoilers';

describe('what is only shown to who wants to know it', () => {
  test.each([
    ['the end: ||SECRET||', 'the end: ▒▒▒'],
    ['||SECRET|| and ||SECRET||。', '▒▒▒ and ▒▒▒。'],
    ['it was 「||SECRET||」', 'it was 「▒▒▒」'],
    ['||SECRET\nSECRET|| x', '▒▒▒ x'],
    ['**||SECRET||**', '**||SECRET||**'],
    ['if (a || b || c)', 'if (a || b || c)'],
    ['a||b||c', 'a||b||c'],
    ['||never closed', '||never closed'],
    ['||SECRET `a|| ` SECRET|| x', '▒▒▒ x'],
    ['||SECRET ` ||x` SECRET|| y', '▒▒▒ y'],
    ['||SECRET [a|| b](https://x.test) SECRET||', '▒▒▒'],
  ])('%j', (text, expected) => expect(coverSpoilers(text)).toBe(expected));

  test('is in no quote, and in no notification, wherever these are cut', () => {
    expect(plainText('||SECRET\nSECRET|| x')).toBe('▒▒▒ x');
    expect(plainText(`${'a '.repeat(80)}||${'S'.repeat(9_000)}|| b`)).not.toContain('S');
    expect(plainText('he ||dies|| then')).toBe('he ▒▒▒ then');
  });

  test('is in no part of a message that was found, also where the part begins or ends within it', () => {
    expect(coverPieces([{ text: 'he ||di' }, { text: 'es', hit: true }, { text: ' there|| then' }])).toEqual([{ text: 'he ' }, { text: '▒▒▒' }, { text: ' then' }]);
    expect(coverPieces([{ text: 'cr' }, { text: 'et', hit: true }, { text: ' x|| then' }])).toEqual([{ text: '▒▒▒' }, { text: ' then' }]);
    expect(coverPieces([{ text: 'now ||s' }, { text: 'e', hit: true }, { text: 'c' }])).toEqual([{ text: 'now ' }, { text: '▒▒▒' }]);
    expect(coverPieces([{ text: 'a || ' }, { text: 'b', hit: true }])).toEqual([{ text: 'a || ' }, { text: 'b', hit: true }]);
  });

  test('is all that the log covers, whatever stands around it', () => {
    // A linear congruential generator: the same messages at every run.
    let state = 7;
    const random = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    const parts = ['||', '||', '||', ' ', 'x', '`', '**', '[', '](https://x.test)', '\n', '\n- ', '\n> ', '。', '「', 'https://x.test/'];
    let known = 0;
    for (let run = 0; run < 20_000; run++) {
      let letter = 0;
      // Each letter once, so that it is known which ones are seen.
      const text = Array.from({ length: 4 + random(14) }, () => parts[random(parts.length)]!).join('').replace(/x(?!\.test)/gu, () => String.fromCodePoint(0x3042 + letter++));
      const seen = coverSpoilers(text);
      for (const secret of secrets(parse(text))) {
        known++;
        expect(seen, text).not.toContain(secret);
      }
    }
    expect(known).toBeGreaterThan(100);
  });
});

/** The letters under a spoiler. */
function secrets(nodes: readonly (Block | Inline)[], within = false): string[] {
  return nodes.flatMap((node) => {
    if ('items' in node) return node.items.flatMap((item) => secrets(item.children, within));
    if ('children' in node) return secrets(node.children, within || node.kind === 'spoiler');
    const text = 'text' in node ? node.text : 'label' in node ? node.label : '';
    return within ? [...text].filter((letter) => /[\u3042-\u3060]/u.test(letter)) : [];
  });
}
