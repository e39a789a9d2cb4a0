import { expect, test } from 'vitest';
import { transcript } from '../../src/model/transcript';

test('Messages are copied as who said what, and when', () => {
  expect(transcript([{ author: 'hana', time: '15:04', text: 'こんにちは' }, { author: 'ben', time: '15:05', text: 'two\nlines' }]))
    .toBe('hana (15:04): こんにちは\nben (15:05): two\nlines');
});
