import { describe, expect, test } from 'vitest';
import { byteLength, cleanBody } from '../../src/model/body';

describe('cleanBody', () => {
  test.each([
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\n \n  code\n\n', '  code'],
    ['a\tb\u0000\u001b\u007f\u0085c', 'a\tbc'],
    ['half \ud83d emoji 🚢', 'half  emoji 🚢'],
    [' \n\t ', ''],
  ])('%j becomes %j', (typed, sent) => {
    expect(cleanBody(typed)).toBe(sent);
  });
});

test('byteLength counts UTF-8', () => {
  for (const text of ['', 'abc', 'é', '港', '🚢', 'é港🚢x']) expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
});
