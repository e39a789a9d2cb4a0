import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/model/markdown/parse';
import { nickKey } from '../../../src/model/people/nick-key';
import { written } from './written';

const people = new Set(['hana', '花', '花子', 'bob', 'everyone', 'é'].map(nickKey));
const rooms = new Set(['lobby', '雑談'].map(nickKey));
const known = { mention: (key: string) => people.has(key), room: (key: string) => rooms.has(key) };
const read = (text: string) => written(parse(text, known));

describe('styles', () => {
  test.each([
    ['**bold** *it* _it_ ~~gone~~ ||who||', 'strong(bold) em(it) em(it) strike(gone) spoiler(who)'],
    ['***both*** and **bold *both***', 'strong(em(both)) and strong(bold em(both))'],
    ['***a* b**', 'strong(em(a) b)'],
    ['**a *b** c*', 'strong(a *b) c*'],
    ['*one\nline*', 'em(one\nline)'],
    ['*one\n\nother*', '*one\n\nother*'],
    ['*a *b* c*', '*a em(b) c*'],
    ['(**a**), "*b*".', '(strong(a)), "em(b)".'],
    ['é**é**é 🚢**x**🚢', 'é**é**é 🚢strong(x)🚢'],
  ])('%s', (text, tree) => expect(read(text)).toBe(tree));
});

describe('Japanese, where words are not parted by spaces', () => {
  test.each([
    ['**「強調」**です', 'strong(「強調」)です'],
    ['文**「a」**文', '文strong(「a」)文'],
    ['これは**重要。**次へ', 'これはstrong(重要。)次へ'],
    ['**重要**:確認', 'strong(重要):確認'],
    ['**新しい**API', 'strong(新しい)API'],
    ['API**新しい**', 'APIstrong(新しい)'],
    ['これは*斜体*です', 'これはem(斜体)です'],
    ['（**注**）', '（strong(注)）'],
    ['『**港**』', '『strong(港)』'],
    ['~~旧~~新', 'strike(旧)新'],
    ['犯人は||ヤス||です', '犯人はspoiler(ヤス)です'],
    ['**강조**는', 'strong(강조)는'],
    ['**全角スペース**　の前', 'strong(全角スペース)　の前'],
    ['**　前**', '**　前**'],
    ['変数`a*b`と`c`', '変数code(a*b)とcode(c)'],
    ['写真_2024_最終', '写真_2024_最終'],
    ['「https://example.org/港」です', '「link(https://example.org/港)」です'],
    ['こちらhttps://example.org/x。次へ', 'こちらlink(https://example.org/x)。次へ'],
    ['**https://example.org**を見て', 'strong(link(https://example.org))を見て'],
    ['[港](https://example.org)へ', 'link(港 → https://example.org)へ'],
    ['> 引用\nです', 'quote(引用) / です'],
    ['>　引用', 'quote(引用)'],
    ['＞引用', '＞引用'],
    ['・項目', '・項目'],
    ['1. 一\n2. 二', 'list(1 一; 2 二)'],
    ['三^o^*キラ*', '三^o^em(キラ)'],
  ])('%s', (text, tree) => expect(read(text)).toBe(tree));
});

describe('what is not clearly markup stays text', () => {
  test.each([
    '5*3*2 and a**b**c', '2 * 3 * 4', '(*) and (*)', 'snake_case_name __init__ _x', '¯\\_(ツ)_/¯', 'C:\\*.txt \\\\server\\share', '>_< >w<', '>>5',
    '(*´ω｀*)(*´∀`*)', '(*^_^*)(*^^*)', "(*'ω'*)", '(*ﾟ▽ﾟ*)', '(*≧▽≦*)', '(*・ω・*)', '(^_^) と (^_^;)', 'm(_ _)m', '(T_T)(T_T)', '(-_-) (._.) (＾_＾)', 'orz_ _orz',
    'a || b || c', 'if (x||(y)||z)', '~ 3 ~', '~~~', '****', '** **', '**', '`', '``a`', '# title', 'a\n---', '    four', '<b>x</b> &amp;', '-1', '-a', '1.5',
    '[a](javascript:alert(1))', '[a](data:text/html,x)', '[](https://)', '[a][b]', 'a\n\n\nb', ':tada:', '```', '>', '> ', '- ',
  ])('%s', (text) => expect(read(text)).toBe(text));
});

describe('links', () => {
  const links = (text: string) => [...read(text).matchAll(/link\(([^)]*\([^)]*\)[^)]*|[^)]*)\)/gu)].map((found) => found[1]);
  test.each([
    ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
    ['https://example.org.', ['https://example.org']],
    ['(https://example.org/a_(b)).', ['https://example.org/a_(b)']],
    ['http://a.example, https://b.example!', ['http://a.example', 'https://b.example']],
    ['https://example.org/a_b_c*d*', ['https://example.org/a_b_c*d']],
    ['HTTPS://EXAMPLE.ORG', ['HTTPS://EXAMPLE.ORG']],
    ['mailto:hana@example.org.', ['mailto:hana@example.org']],
    ['javascript:alert(1) data:text/html,x ftp://x file:///x xhttps://y', []],
    ['https:// http://? https://... mailto:@x mailto:x@', []],
    ['<a href="https://example.org">', ['https://example.org']],
    ['[x](https://example.org/a_(b))', ['x → https://example.org/a_(b)']],
    ['[**x**](https://example.org)', ['**x** → https://example.org']],
    ['[a [b](https://example.org)', ['b → https://example.org']],
    ['[a\\]b](/api/v1/files/0/a.txt)', ['a]b → /api/v1/files/0/a.txt']],
    ['[a\\_b\\*\\<c](/api/v1/files/0/a.txt#bytes=5)', ['a_b*<c → /api/v1/files/0/a.txt#bytes=5']],
    ['[a](/api/v1/users)', []],
    ['||https://example.org||', ['https://example.org']],
  ])('%s', (text, expected) => expect(links(text)).toEqual(expected));

  test('an image is a link that says so', () => {
    expect(read('!a ![b](/api/v1/files/0/b.png#1x2)')).toBe('!a image(b → /api/v1/files/0/b.png#1x2)');
  });
});

describe('names', () => {
  test.each([
    ['@hana hi', 'mention(hana) hi'],
    ['@花子さん、@花さん、https://example.org', 'mention(花子)さん、mention(花)さん、link(https://example.org)'],
    ['はい@花です', 'はいmention(花)です'],
    ['@ＨＡＮＡ ＠hana', 'mention(ＨＡＮＡ) ＠hana'],
    ['@everyone', 'mention(everyone)'],
    ['@hanako @nobody hana@hana', '@hanako @nobody hana@hana'],
    ['@e\u0301', 'mention(e\u0301)'],
    ['@bob\u0301', '@bob\u0301'],
    ['**@hana**', 'strong(mention(hana))'],
    ['_@hana waves_', 'em(mention(hana) waves)'],
    ['#lobbyへ #雑談で #nowhere a#lobby https://x.example/#lobby', 'room(lobby)へ room(雑談)で #nowhere a#lobby link(https://x.example/#lobby)'],
    ['`@hana #lobby`', 'code(@hana #lobby)'],
  ])('%s', (text, tree) => expect(read(text)).toBe(tree));
});

describe('blocks', () => {
  test.each([
    ['a\nb\n\nc', 'a\nb\n\nc'],
    ['```ts\nconst a = `x`;\n\n```\nafter', 'fence:ts(const a = `x`;\n) / after'],
    ['```\nnot closed\n> x', 'fence:(not closed\n> x)'],
    ['```js\nclosed in the line```', 'fence:js(closed in the line)'],
    ['```one two\nthree\n```', 'fence:(one two\nthree)'],
    ['```in a line```', 'code(in a line)'],
    ['````\n```\n````', 'fence:(```)'],
    ['> a\n> > b\n> c\nd', 'quote(a / quote(b) / c) / d'],
    ['> ```\n> x\n> ```', 'quote(fence:(x))'],
    ['Todo:\n- a\n  more\n  - b\n- c\nend', 'Todo: / list(- a\nmore / list(- b); - c) / end'],
    ['- a\n\n- b\n\nc', 'list(- a; - b) / c'],
    ['3. three\n7) seven\n- dash', 'list(3 three; 7 seven) / list(- dash)'],
    ['* a\n* **b**', 'list(- a; - strong(b))'],
    ['- ```\n  x\n  ```', 'list(- fence:(x))'],
  ])('%j', (text, tree) => expect(read(text)).toBe(tree));
});
