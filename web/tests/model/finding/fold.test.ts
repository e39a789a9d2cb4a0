import { expect, test } from 'vitest';
import { fold } from '../../../src/model/finding/fold';

test.each([
  ['Ｄｅｖ', 'dev'],
  ['ﾃﾞｻﾞｲﾝ', 'でざいん'],
  ['デザイン', 'でざいん'],
  ['ヴェネツィア', 'ゔぇねつぃあ'],
  ['か\u3099', 'が'],
  ['Café', 'cafe'],
  ['CAFE\u0301', 'cafe'],
  ['İstanbul', 'istanbul'],
  ['㍿港', '株式会社港'],
  ['東京　開発', '東京 開発'],
  ['한국', '한국'],
  ['サーバー', 'さーばー'],
])('%s is folded to %s', (text, folded) => expect(fold(text)).toBe(folded));

test('What sounds otherwise stays apart', () => {
  expect(fold('が')).not.toBe(fold('か'));
  expect(fold('ば')).not.toBe(fold('ぱ'));
});
