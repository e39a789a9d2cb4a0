import { expect, test } from 'vitest';
import { deservesNotice, freshness, usualWish, type Occasion } from '../../src/model/notify';
import { plainText } from '../../src/model/plain-text';
import { enter } from '../../src/model/room';
import { info } from '../support/frames';

const room = enter(info({ member: true, read: 4, head: 9 }));
const now = 1_000_000_000;
const usual: Occasion = { room, message: { seq: 10, ts: now - 5, body: 'hello' }, isMine: false, isBlocked: false, namesMe: false, wish: 'mentions', now };

test.each<[string, Partial<Occasion>, boolean]>([
  ['something said in a room', {}, false],
  ['one is named', { namesMe: true }, true],
  ['everything is wanted', { wish: 'all' }, true],
  ['nothing is wanted, though one is named', { wish: 'none', namesMe: true }, false],
  ['one’s own, from another device', { wish: 'all', isMine: true }, false],
  ['a blocked person names one', { namesMe: true, isBlocked: true }, false],
  ['read elsewhere already', { wish: 'all', room: { ...room, read: 10 } }, false],
  ['as new as can be told', { wish: 'all', message: { ...usual.message, ts: now - freshness } }, true],
  ['said before one came back', { wish: 'all', message: { ...usual.message, ts: now - freshness - 1 } }, false],
  ['erased since', { wish: 'all', message: { ...usual.message, body: undefined } }, false],
  ['in a room that one only looks at', { wish: 'all', room: { ...room, member: false } }, false],
])('%s', (_, change, told) => expect(deservesNotice({ ...usual, ...change })).toBe(told));

test('direct messages are told unless something else is chosen, others where one is named', () => {
  expect(usualWish({ kind: 'direct' })).toBe('all');
  expect(usualWish({ kind: 'public' })).toBe('mentions');
  expect(usualWish({ kind: 'private' })).toBe('mentions');
});

test.each([
  ['**bold** and _soft_ and `code`', 'bold and soft and code'],
  ['「**重要**」です', '「重要」です'],
  ['> quoted\n> twice\n\nanswer', 'quoted twice answer'],
  ['# title\ntext', 'title text'],
  ['```ts\nlet a = 1;\n```\ndone', 'let a = 1; done'],
  ['[the menu](https://example.org/a)', 'the menu'],
  ['![boat](/files/1)', 'boat'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['  spaces\t\n and lines ', 'spaces and lines'],
])('%j is told as %j', (body, plain) => expect(plainText(body)).toBe(plain));

test('a long message is cut between characters', () => {
  const told = plainText('👨‍👩‍👧'.repeat(200));
  expect(told).toBe(`${'👨‍👩‍👧'.repeat(35)}…`);
  expect(told).not.toMatch(/\p{Cs}/u);
});
