import { describe, expect, test } from 'vitest';
import { autolink } from '../../src/model/autolink';
import { byteLength, cleanBody } from '../../src/model/body';

const links = (text: string) => autolink(text).flatMap((segment) => (segment.kind === 'link' ? [segment.href] : []));

describe('autolink', () => {
  test.each([
    ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
    ['https://example.org.', ['https://example.org']],
    ['(https://example.org/a_(b)).', ['https://example.org/a_(b)']],
    ['「https://example.org/港」です', ['https://example.org/港']],
    ['こちらhttps://example.org/x。次へ', ['https://example.org/x']],
    ['http://a.example, https://b.example!', ['http://a.example', 'https://b.example']],
    ['HTTPS://EXAMPLE.ORG', ['HTTPS://EXAMPLE.ORG']],
    ['javascript:alert(1) data:text/html,x ftp://x file:///x', []],
    ['https:// http://? https://...', []],
    ['<a href="https://example.org">', ['https://example.org']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each(['', 'plain', 'https://a.example', 'x https://a.example. y\nhttps://b.example)'])('%j keeps every character', (text) => {
    expect(autolink(text).map((segment) => (segment.kind === 'link' ? segment.href : segment.text)).join('')).toBe(text);
  });
});

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
