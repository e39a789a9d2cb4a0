import { describe, expect, test } from 'vitest';
import { findQuery } from '../../../src/model/writing/completion-query';
import type { Field } from '../../../src/model/writing/edit';
import { isInFence } from '../../../src/model/writing/fence';
import { readTyped } from '../../../src/model/writing/slash';
import { styleSelection } from '../../../src/model/writing/style-selection';

/** A field as it is drawn: what is selected stands between ‹ and ›, a caret is ‹›. */
function field(drawn: string): Field {
  const start = drawn.indexOf('‹');
  return { text: drawn.replace(/[‹›]/gu, ''), start, end: drawn.indexOf('›') - 1 };
}

function styled(drawn: string, mark: string): string {
  const before = field(drawn);
  const { from, to, insert, start, end } = styleSelection(before, mark);
  const text = before.text.slice(0, from) + insert + before.text.slice(to);
  return `${text.slice(0, start)}‹${text.slice(start, end)}›${text.slice(end)}`;
}

describe('marks around what is selected', () => {
  test.each([
    ['a ‹b› c', '**', 'a **‹b›** c'],
    ['a **‹b›** c', '**', 'a ‹b› c'],
    ['a ‹**b**› c', '**', 'a ‹b› c'],
    ['a‹ b › c', '*', 'a *‹b›*  c'],
    ['**‹b›**', '*', '***‹b›***'],
    ['*‹b›*', '**', '***‹b›***'],
    ['***‹b›***', '**', '*‹b›*'],
    ['***‹b›***', '*', '**‹b›**'],
    ['‹›', '~~', '~~‹›~~'],
    ['これは‹重要›です', '**', 'これは**‹重要›**です'],
  ])('%s with %s: %s', (drawn, mark, expected) => expect(styled(drawn, mark)).toBe(expected));
});

test.each([
  ['```', true], ['```ts\ncode', true], ['```\ncode\n```', false], ['```\ncode```', false], ['a ``` b', false], ['```a```', false], ['a\n```\nb\n```\n```', true], ['````\n```\n', true],
])('%j: whether one is within a fence is %s', (text, expected) => {
  expect(isInFence(text, text.length)).toBe(expected);
});

test('only what stands before the caret says whether it is in a fence', () => {
  expect(isInFence('x\n```\ncode', 1)).toBe(false);
});

describe('what is being completed', () => {
  const seen = (text: string) => {
    const query = findQuery(text, text.length);
    return query === null ? null : `${query.kind} ${query.query} at ${query.from}${query.eager ? '' : ', not eager'}`;
  };
  test.each([
    ['@', 'person  at 0'],
    ['hi @ha', 'person ha at 3'],
    ['はい@花', 'person 花 at 2'],
    ['はい＠は', 'person は at 2'],
    ['mail@ha', null],
    ['@hana ', null],
    ['@hana, x', null],
    ['#', 'room  at 0, not eager'],
    ['見て#lob', 'room lob at 2'],
    ['見て＃雑', 'room 雑 at 2'],
    ['a#b', null],
    ['https://x.example/#lob', null],
    [':ta', 'emoji ta at 0'],
    ['x :t', null],
    ['楽しい:tada', 'emoji tada at 3'],
    ['楽しい：笑', 'emoji 笑 at 3, not eager'],
    [' ：笑', 'emoji 笑 at 1'],
    ['：ta', 'emoji ta at 0'],
    ['12:30', null],
    ['http://ab', null],
    ['a::ab', null],
    [':D', null],
    ['/', 'command  at 0'],
    ['/to', 'command to at 0'],
    ['/topic ', null],
    ['a /to', null],
    ['//to', null],
    ['', null],
  ])('%j: %s', (text, expected) => expect(seen(text)).toBe(expected));

  test('only what stands before the caret counts', () => {
    expect(findQuery('@ha and more', 3)).toEqual({ kind: 'person', from: 0, query: 'ha', eager: true });
    expect(findQuery('@ha and more', 8)).toBeNull();
  });
});

describe('what a slash means', () => {
  test.each([
    ['hello', { kind: 'post', body: 'hello' }],
    ['//me waves', { kind: 'post', body: '/me waves' }],
    ['/me waves', { kind: 'post', body: '_waves_' }],
    ['/ME　手を振る', { kind: 'post', body: '_手を振る_' }],
    ['/me', { kind: 'command', name: 'me', argument: '' }],
    ['/topic  two words ', { kind: 'command', name: 'topic', argument: 'two words' }],
    ['/msg hana line\nother', { kind: 'command', name: 'msg', argument: 'hana line\nother' }],
    ['/shrug', { kind: 'unknown', name: 'shrug' }],
    ['/etc/hosts is wrong', { kind: 'post', body: '/etc/hosts is wrong' }],
    ['/', { kind: 'post', body: '/' }],
    ['/ a', { kind: 'post', body: '/ a' }],
    ['1/2', { kind: 'post', body: '1/2' }],
  ])('%j', (text, expected) => expect(readTyped(text)).toEqual(expected));
});
