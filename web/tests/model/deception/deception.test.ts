import { describe, expect, test } from 'vitest';
import { realPlace } from '../../../src/model/deception/destination';
import { codeName, reveal, withoutHidden } from '../../../src/model/deception/hidden';
import { pretenders } from '../../../src/model/deception/look-alikes';
import { plainText } from '../../../src/model/plain-text';

const shown = (text: string) => reveal(text).map((part) => (typeof part === 'string' ? part : `<${codeName(part.code)}>`)).join('');

describe('characters that are not seen, or turn others around', () => {
  test.each([
    ['photo\u202Egnp.exe', 'photo<U+202E>gnp.exe'],
    ['a\u2066b\u2069c', 'a<U+2066>b<U+2069>c'],
    ['ha\u200Bna', 'ha<U+200B>na'],
    ['\uFEFFx\u00ADy\u2060z', '<U+FEFF>x<U+00AD>y<U+2060>z'],
    ['x\u3164\u2800y', 'x<U+3164><U+2800>y'],
    ['hi\u{E0041}\u{E0042}', 'hi<U+E0041><U+E0042>'],
    ['a\u200Db a\u200Fb', 'a<U+200D>b a<U+200F>b'],
    ['a\uFE0F\uFE0F', 'a\uFE0F<U+FE0F>'],
    ['a\u2028b', 'a<U+2028>b'],
  ])('%j', (text, expected) => expect(shown(text)).toBe(expected));

  test.each(['👩‍👩‍👧', '👩🏽‍🚀', '❤️', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '葛󠄀城', 'می‌خواهم', 'क्‍ष', 'שלום\u200F!', '港 plain', '🤷🏽‍♀️'])('%s is left as it is', (text) => {
    expect(reveal(text)).toEqual([text]);
  });
});

test('Where nothing can be named, what would not be seen is not there', () => {
  expect(withoutHidden('report\u202Efdp.exe')).toBe('reportfdp.exe');
  expect(withoutHidden('می\u200Cخواهم 👩‍🚀')).toBe('می\u200Cخواهم 👩‍🚀');
  expect(plainText('a\u202Eb ||c|| \u2066d')).toBe('ab ▒▒▒ d');
});

describe('letters that pretend', () => {
  test.each([
    ['hana', ''], ['花', ''], ['аdmin', 'а'], ['аррӏе', 'арӏе'], ['Дмитрий', ''], ['Νίκος', ''], ['bοb', 'ο'], ['Ünal', ''], ['港harbour', ''], ['Дмитрий, hana', ''], ['hana, аdmin', 'а'],
  ])('%s', (name, expected) => expect(pretenders(name).join('')).toBe(expected));
});

describe('where a link leads, if it says something else', () => {
  const target = (href: string) => {
    const url = new URL(href);
    return { href, scheme: url.protocol.slice(0, -1), host: url.hostname, user: url.username !== '', path: url.pathname };
  };
  test.each([
    ['https://example.org/a', 'https://example.org/a', null],
    ['HTTPS://Example.org', 'HTTPS://Example.org', null],
    ['https://example.org:8443', 'https://example.org:8443', null],
    ['https://аpple.com', 'https://аpple.com', 'xn--pple-43d.com'],
    ['https://аррӏе.com', 'https://аррӏе.com', 'xn--80ak6aa92e.com'],
    ['https://日本語.jp', 'https://日本語.jp', null],
    ['https://google.comノlogin.example', 'https://google.comノlogin.example', 'google.xn--comlogin-634g.example'],
    ['https://ｅｘａｍｐｌｅ.com', 'https://ｅｘａｍｐｌｅ.com', 'example.com'],
    ['https://apple.com@evil.example', 'https://apple.com@evil.example', 'evil.example'],
    ['https://apple.com\\@evil.example', 'https://apple.com\\@evil.example', null],
    ['https://apple.com', 'https://evil.example', 'evil.example'],
    ['apple.com', 'https://evil.example', 'evil.example'],
    ['apple.com', 'https://www.apple.com/x', null],
    ['apple.com', 'https://notapple.com', 'notapple.com'],
    ['log in', 'https://evil.example', null],
    ['log in', 'https://apple.com@evil.example', 'evil.example'],
    ['hana@example.org', 'mailto:hana@example.org', null],
    ['hana@example.org', 'mailto:evil@example.com', 'evil@example.com'],
    ['write to me', 'mailto:hana@example.org', null],
    ['mailto:hana@example.org', 'mailto:hana@example.org', null],
    ['Hana (Hana@Example.org).', 'mailto:hana@example.org', null],
    ['mail ceo@bank.test or x@evil.test', 'mailto:x@evil.test', 'x@evil.test'],
    ['bank.test', 'mailto:x@evil.test', 'x@evil.test'],
    ['https://evil.test/ → https://bank.test/login', 'https://evil.test/', 'evil.test'],
    ['https://evil.test/→https://bank/login', 'https://evil.test/', 'evil.test'],
    ['https://example.org/?to=https://bank.test', 'https://example.org/?to=https://bank.test', null],
    ['bank․test', 'https://evil.test', 'evil.test'],
    ['bank‧test', 'https://evil.test', 'evil.test'],
    ['bank﹒test', 'https://evil.test', 'evil.test'],
    ['bank .test', 'https://evil.test', 'evil.test'],
    ['ｂａｎｋ．ｔｅｓｔ', 'https://evil.test', 'evil.test'],
    ['localhost', 'https://evil.test', 'evil.test'],
    ['localhost:8080', 'https://evil.test', 'evil.test'],
    ['router:80', 'https://evil.test', 'evil.test'],
    ['localhost:8080', 'http://localhost:8080/a', null],
    ['the page 日本語.jp', 'https://日本語.jp/a', null],
    ['At 12:30. Then home…again', 'https://evil.test', null],
  ])('[%s](%s)', (label, href, place) => expect(realPlace(label, target(href))).toBe(place));
});
