import { expect, test } from 'vitest';
import { chooseLanguage, chooseLocale, dictionaries, errorWords } from '../../src/i18n/language';
import { Dates } from '../../src/i18n/dates';
import { roomWords } from '../../src/i18n/room/words';
import { errorCodes } from '../../src/wire/error-codes';

test.each([
  [null, ['ja-JP', 'en'], 'ja'],
  [null, ['fr', 'ja'], 'ja'],
  [null, ['EN-gb'], 'en'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
  ['en', ['ja'], 'en'],
  ['tlh', ['ja'], 'ja'],
])('remembered %j, preferred %j: %s', (remembered, preferred, expected) => {
  expect(chooseLanguage(remembered, preferred)).toBe(expected);
});

test.each(errorCodes)('%s has words of its own in both languages', (code) => {
  for (const dictionary of Object.values(dictionaries)) {
    expect(errorWords(dictionary, code)).toBeTruthy();
    expect(errorWords(dictionary, code)).not.toBe(dictionary.errors.unknown);
  }
});

test.each(['brand_new', 'toString', 'constructor'])('the unknown code %s has words as well', (code) => {
  expect(errorWords(dictionaries.ja, code)).toBe(dictionaries.ja.errors.unknown);
});

test('English counts one and many', () => {
  expect([dictionaries.en.unread(1), dictionaries.en.unread(2)]).toEqual(['1 unread message', '2 unread messages']);
});

test('Dates are written as where the person lives', () => {
  expect(chooseLocale('en', ['ja-JP', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(chooseLocale('ja', ['en-GB'])).toBe('ja');
});

test('Japanese says a span of time once', () => {
  expect(roomWords.ja.retention(new Dates('ja').span(86_400_000))).toBe('メッセージの保存期間は24 時間です。');
});

test('How long to wait is said where it is worth it', () => {
  const { en, ja } = dictionaries;
  expect(errorWords(en, 'rate_limited', 400)).toBe(en.errors.rate_limited);
  expect(errorWords(en, 'rate_limited', 1_000)).toContain('1 second,');
  expect(errorWords(en, 'rate_limited', 61_500)).toContain('62 seconds,');
  expect(errorWords(en, 'rate_limited', 900_000)).toContain('15 minutes,');
  expect(errorWords(ja, 'rate_limited', 900_000)).toContain('15 分');
  expect(errorWords(en, 'busy', 900_000)).toBe(en.errors.busy);
});

test('A few bytes are counted as English counts', () => {
  const size = (bytes: number, locale = 'en') => new Dates(locale).size(bytes);
  expect([size(1), size(14), size(14_000)]).toEqual(['1 byte', '14 bytes', '14 kB']);
  expect(size(14, 'ja')).toBe('14 バイト');
});
