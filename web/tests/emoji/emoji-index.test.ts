import { describe, expect, test } from 'vitest';
import { loadEmoji } from '../../src/emoji/load-emoji';

const index = await loadEmoji();
const chars = (query: string, limit = 10) => index.find(query, limit).map((emoji) => emoji.char);

describe('emoji are found', () => {
  test.each([
    ['by a shortcode', 'thumbsup', '👍'],
    ['by the other shortcode', '+1', '👍'],
    ['by the English name', 'waving hand', '👋'],
    ['by the Japanese name', '手を振る', '👋'],
    ['by a word in hiragana for one in katakana', 'らーめん', '🍜'],
    ['by katakana of half width', 'ﾗｰﾒﾝ', '🍜'],
    ['by letters of full width and any case', 'Ｈｅａｒｔ', '❤️'],
    ['with spaces for underscores', 'red heart', '❤️'],
  ])('%s', (_, query, char) => expect(chars(query, 30)).toContain(char));

  test('an exact name first, then beginnings, then what has it anywhere', () => {
    const found = index.find('cat', 100);
    const where = (shortcode: string) => found.findIndex((emoji) => emoji.shortcode === shortcode);
    expect(where('cat')).toBe(0);
    expect(where('cat2')).toBeGreaterThan(0);
    expect(where('scream_cat')).toBeGreaterThan(where('cat2'));
  });

  test('no more than were asked for, and none for nothing', () => {
    expect(chars('a', 7)).toHaveLength(7);
    expect(chars('', 7)).toEqual([]);
    expect(chars('zzzqqq', 7)).toEqual([]);
  });
});

test('whichever tone or presentation it is written in, it is the same emoji', () => {
  const wave = index.named('wave')!;
  expect(wave.tones).toHaveLength(5);
  expect(index.of(wave.tones[3]!)).toBe(wave);
  expect(index.of('❤')).toBe(index.of('❤️'));
});

test('each has a name in both languages, a shortcode of its own, and is short enough for a reaction', () => {
  const all = index.groups.flat();
  expect(index.groups).toHaveLength(9);
  expect(all.length).toBeGreaterThan(1_800);
  expect(new Set(all.map((emoji) => emoji.shortcode)).size).toBe(all.length);
  for (const emoji of all) {
    expect(emoji.name.en).not.toBe('');
    expect(emoji.name.ja).not.toBe('');
    for (const char of [emoji.char, ...emoji.tones]) expect(new TextEncoder().encode(char).length).toBeLessThanOrEqual(32);
    expect(emoji.shortcode).toMatch(/^[a-z0-9_+-]+$/u);
  }
});
