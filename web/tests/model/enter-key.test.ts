import { expect, test } from 'vitest';
import { decideKey } from '../../src/model/enter-key';

const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13, timeStamp: 1000 };

test('Enter sends', () => {
  expect(decideKey(enter, null)).toBe('send');
});

test('Shift+Enter breaks the line', () => {
  expect(decideKey({ ...enter, shiftKey: true }, null)).toBe('type');
});

test('Other keys are typed', () => {
  expect(decideKey({ ...enter, key: 'a', keyCode: 65 }, 999)).toBe('type');
});

test('Enter while composing belongs to the input method', () => {
  expect(decideKey({ ...enter, isComposing: true }, null)).toBe('ignore');
});

test('Key code 229 belongs to the input method, whatever isComposing says', () => {
  expect(decideKey({ ...enter, keyCode: 229 }, null)).toBe('ignore');
});

test.each([1000, 1001, 995])('Safari’s late Enter, composition ended at %d, belongs to the input method', (endedAt) => {
  expect(decideKey(enter, endedAt)).toBe('ignore');
});

test('The next Enter of a person sends', () => {
  expect(decideKey(enter, 994)).toBe('send');
  expect(decideKey(enter, 900)).toBe('send');
});

test('Where Enter breaks the line, Ctrl or ⌘ with it sends', () => {
  expect(decideKey(enter, null, true)).toBe('type');
  expect(decideKey({ ...enter, ctrlKey: true }, null, true)).toBe('send');
  expect(decideKey({ ...enter, metaKey: true }, null, true)).toBe('send');
});

test('Whatever Enter does, what the input method took is not sent', () => {
  expect(decideKey({ ...enter, isComposing: true, ctrlKey: true }, null, true)).toBe('ignore');
  expect(decideKey(enter, 1000, true)).toBe('ignore');
});
