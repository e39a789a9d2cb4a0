import { expect, test } from 'vitest';
import { fold } from '../../../src/model/finding/fold';
import { match } from '../../../src/model/finding/match';
import { rank, type Candidate } from '../../../src/model/finding/rank';

interface Named extends Candidate { readonly title: string }

const place = (title: string, more: Partial<Candidate> = {}): Named =>
  ({ title, names: () => [fold(title)], mentions: 0, unread: 0, opened: Infinity, offered: true, ...more });
const titles = (candidates: readonly Named[], query: string, limit = 10) => rank(candidates, query, limit).map(({ title }) => title);

test('The tighter the fit the better', () => {
  const fits = ['dev', 'devops', 'web-dev', 'mydev', 'd-e-v', 'do-several', 'vde'].map((name) => match('dev', name));
  expect(fits).toEqual([...fits].sort((a, b) => b - a));
  expect(new Set(fits).size).toBe(fits.length);
  expect(fits.at(-1)).toBe(0);
});

test.each<[string, string, Named[], string[]]>([
  ['all of it before its beginning', 'dev', [place('devops'), place('dev')], ['dev', 'devops']],
  ['the beginning of a later word before the middle of one', 'ops', [place('laptops'), place('dev-ops')], ['dev-ops', 'laptops']],
  ['letters in order', 'gnl', [place('general'), place('lang')], ['general']],
  ['words in any order', 'kyo dev', [place('dev-tokyo'), place('dev')], ['dev-tokyo']],
  ['width, case and kana folded', 'ﾃﾞｻﾞ', [place('でざいん部'), place('dev')], ['でざいん部']],
  ['Japanese titles', '開発', [place('東京開発'), place('開発'), place('総務')], ['開発', '東京開発']],
  ['a mention decides between equals', 'dev', [place('dev-a'), place('dev-b', { mentions: 1 })], ['dev-b', 'dev-a']],
  ['a mention before what is merely unread', 'dev', [place('dev-a', { unread: 99 }), place('dev-b', { mentions: 1, unread: 1 })], ['dev-b', 'dev-a']],
  ['who was opened last', 'dev', [place('dev-a', { opened: 3 }), place('dev-b', { opened: 0 })], ['dev-b', 'dev-a']],
  ['no mention makes a scattered fit better than a word', 'gen', [place('g-e-n', { mentions: 9, unread: 9, opened: 0 }), place('my-general')], ['my-general', 'g-e-n']],
  ['nothing that does not fit', 'zzz', [place('general', { mentions: 9 })], []],
])('%s', (_, query, candidates, expected) => expect(titles(candidates, query)).toEqual(expected));

test('Any of its names will do', () => {
  expect(titles([{ ...place('salon'), names: () => ['salon', fold('雑談')] }], '雑談')).toEqual(['salon']);
});

test('Before anything was typed: who calls, what is new, where one was; and nothing that is not to be offered', () => {
  const candidates = [
    place('never'), place('old', { opened: 4 }), place('last', { opened: 0 }), place('stranger', { offered: false }),
    place('new', { unread: 3 }), place('calls', { mentions: 1, unread: 1 }),
  ];
  expect(titles(candidates, ' ')).toEqual(['calls', 'new', 'last', 'old', 'never']);
});

test('No more than asked for', () => expect(titles(Array.from({ length: 50 }, (_, n) => place(`room-${n}`)), 'room', 7)).toHaveLength(7));
