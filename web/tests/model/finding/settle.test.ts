import { expect, test } from 'vitest';
import { neighbour, settle } from '../../../src/model/finding/settle';

test.each<[string, string, string, string]>([
  ['a new order waits', 'abc', 'cab', 'abc'],
  ['what is gone goes', 'abc', 'ca', 'ac'],
  ['what is new comes first', 'abc', 'dcab', 'dabc'],
  ['nothing held', '', 'cab', 'cab'],
])('%s', (_, before, now, settled) => expect(settle([...before], [...now]).join('')).toBe(settled));

test.each<[string, string | undefined, 1 | -1, string, string | undefined]>([
  ['the next', 'b', 1, 'abcd', 'c'],
  ['the one before', 'b', -1, 'abcd', 'a'],
  ['round the end', 'd', 1, 'abcd', 'a'],
  ['round the beginning', 'a', -1, 'abcd', 'd'],
  ['from nowhere', undefined, 1, 'abcd', 'a'],
  ['from nowhere, upwards', undefined, -1, 'abcd', 'd'],
  ['only those wanted', 'a', 1, 'ad', 'd'],
  ['upwards round to a wanted one', 'b', -1, 'd', 'd'],
  ['none wanted', 'a', 1, '', undefined],
  ['none but itself', 'a', 1, 'a', undefined],
])('%s', (_, from, step, wanted, to) => expect(neighbour([...'abcd'], from, step, (item) => wanted.includes(item))).toBe(to));

test('An empty list leads nowhere', () => expect(neighbour([], undefined, 1)).toBeUndefined());
