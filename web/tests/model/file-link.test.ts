import { describe, expect, it, test } from 'vitest';
import { splitBehind, imagesIn, splitFiles } from '../../src/model/file-lines';
import { fileMarkdown, readFileLink } from '../../src/model/file-link';

const id = '0197a3c0-0000-7000-8000-000000000001';
const path = `/api/v1/files/${id}/%E6%B8%AF.png`;

describe('a link to a file of this server', () => {
  it('is read with what it says of the file', () => {
    expect(readFileLink(path)).toEqual({ id, name: '港.png', path });
    expect(readFileLink(`${path}#800x600`)).toEqual({ id, name: '港.png', path, width: 800, height: 600 });
    expect(readFileLink(`${path}#bytes=1234`)).toEqual({ id, name: '港.png', path, size: 1234 });
    expect(readFileLink(`${path}#0x600`)).toEqual({ id, name: '港.png', path });
  });

  it.each([
    'https://evil.example' + path, `//evil.example${path}`, '/api/v1/files/../me', `/api/v1/files/${id}`, `/api/v1/files/${id}/a/b`, `/api/v1/files/${id}/a?b`,
    `/api/v1/files/${id}/%zz`, `${path}#800x`, `${path}#javascript:alert(1)`, `javascript:${path}`, ` ${path}`, `${path}\n`, 'file',
    `/api/v1/files/${id}/..`, `/api/v1/files/${id}/.`, `/api/v1/files/${id}/%2e%2E`, `/api/v1/files/${id}/.%2e#10x10`, `/api/v1/files/${id}/..\\..\\..\\me#10x10`,
    `/api/v1/files/${id}/a\\b`, `/api/v1/files/${id}/a\u0000`, `/api/v1/files/${id}/a"b`, `/api/v1/files/${id}/a%5C..%5Cb`, `/api/v1/files/${id}/..%2f..%2fme`, `/api/v1/files/${id}/a%00`,
  ])('is not %j', (href) => expect(readFileLink(href)).toBeNull());

  it.each(["%E6%B8%AF.png", '...', '..a', "x~!$&'()*+,;=:@-_.txt"])('%s is asked for by the very path that is written', (name) => {
    const href = `/api/v1/files/${id}/${name}`;
    expect(readFileLink(href)?.path).toBe(href);
    expect(new URL(href, 'https://chat.example').pathname).toBe(href);
  });

  it('is called what one sees of its name, and by its id where that is nothing', () => {
    expect(readFileLink(`/api/v1/files/${id}/report%E2%80%AEfdp.exe`)?.name).toBe('reportfdp.exe');
    expect(readFileLink(`/api/v1/files/${id}/%E2%80%8B`)?.name).toBe(id);
  });

  it('is written so that it is read again, whatever the name', () => {
    const file = { path, name: 'a]b[c\\d*_`<.png', width: 8, height: 6 };
    expect(splitFiles(fileMarkdown(file))).toEqual([{ kind: 'file', image: true, href: `${path}#8x6`, file: { id, name: '港.png', path, width: 8, height: 6 } }]);
    expect(fileMarkdown({ path, name: 'x', size: 5 })).toBe(`[x](${path}#bytes=5)`);
  });
});

describe('a message with files', () => {
  it('is text, and lines that are nothing but a file', () => {
    const body = `look\n\n![x](${path}#8x6)\nand\n[y](${path})\n`;
    expect(splitFiles(body).map((segment) => (segment.kind === 'text' ? segment.text : segment.image))).toEqual(['look\n', true, 'and', false, '']);
    expect(imagesIn([body, undefined, 'x'])).toEqual([{ id, name: '港.png', path, width: 8, height: 6 }]);
  });

  it('shows the first twenty pictures, and the others as files', () => {
    const segments = splitFiles(Array.from({ length: 200 }, () => `![x](${path}#8x6)`).join('\n'));
    expect(segments.length).toBe(200);
    expect(segments.flatMap((segment, at) => (segment.kind === 'file' && segment.image ? [at] : []))).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it('leaves code whole, with whatever stands in it', () => {
    const image = `![x](${path}#8x6)`;
    const kinds = (body: string) => splitFiles(body).map((segment) => (segment.kind === 'text' ? segment.text : 'file'));
    expect(kinds(`\`\`\`md\n${image}\n\`\`\`\n${image}`)).toEqual([`\`\`\`md\n${image}\n\`\`\``, 'file']);
    expect(kinds(`\`\`\`\`\n\`\`\`\n${image}\n\`\`\`\`\n${image}`)).toEqual([`\`\`\`\`\n\`\`\`\n${image}\n\`\`\`\``, 'file']);
    expect(kinds(`\`\`\`\na\`\`\`\n${image}`)).toEqual(['```\na```', 'file']);
    expect(kinds(`\`\`\`\n${image}\nnever closed`)).toEqual([`\`\`\`\n${image}\nnever closed`]);
    // The composer writes files behind the text.
    expect(kinds(`\`\`\`\n${image}\nnever closed\n${image}\n${image}`)).toEqual([`\`\`\`\n${image}\nnever closed`, 'file', 'file']);
    // Not code: nothing follows, or it is one line's own.
    expect(kinds(`${image}\n\`\`\``)).toEqual(['file', '```']);
    expect(kinds(`\`\`\`a\`\`\`\n${image}`)).toEqual(['```a```', 'file']);
  });

  it.each([`see ![x](${path})`, `![x](${path}) there`, `![x](https://evil.example${path})`, `![x] (${path})`, `[x](${path} "title")`])(
    'is only text where it is %j', (body) => expect(splitFiles(body)).toEqual([{ kind: 'text', text: body }]));
});

test('A text is changed without the files behind it', () => {
  const file = '![boat](/api/v1/files/0197a3c0-0000-7000-8000-0000000000f1/boat.png#800x600)';
  expect(splitBehind(`two\nlines\n${file}`)).toEqual({ text: 'two\nlines', files: file });
  expect(splitBehind(file)).toEqual({ text: '', files: file });
  expect(splitBehind(`${file}\nbehind`)).toEqual({ text: `${file}\nbehind`, files: '' });
});
