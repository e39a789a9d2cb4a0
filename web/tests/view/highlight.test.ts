import { expect, test } from 'vitest';
import { highlight } from '../../src/view/room/text/highlight';

test('Code becomes pieces of text with what they are, and nothing of it is lost', async () => {
  const code = 'const a = `x${b}<img src=x onerror=alert(1)>`; // <b>';
  const tokens = (await highlight(code, 'ts'))!;
  expect(tokens.map(({ text }) => text).join('')).toBe(code);
  expect(tokens).toContainEqual({ scope: 'keyword', text: 'const' });
  expect(tokens).toContainEqual({ scope: 'comment', text: '// <b>' });
});

test('A language within another has its colours, too', async () => {
  const tokens = (await highlight('<p>港</p>', 'html'))!;
  expect(tokens.map(({ text }) => text).join('')).toBe('<p>港</p>');
  expect(tokens.some(({ scope }) => scope === 'name' || scope === 'tag')).toBe(true);
});

test.each(['', 'brainfuck', 'markdown', 'md', '__proto__', 'constructor'])('“%s” is nothing that is known here', async (language) => {
  expect(await highlight('a', language)).toBeNull();
});

test.each(['bash', 'c', 'c++', 'c#', 'css', 'diff', 'dockerfile', 'f#', 'go', 'haskell', 'toml', 'java', 'js', 'json', 'kotlin', 'lua', 'php', 'ps1', 'py', 'rb', 'rs', 'scala', 'scss', 'sql', 'swift', 'html', 'yml'])('%s is known', async (language) => {
  expect((await highlight('a = 1', language))?.map(({ text }) => text).join('')).toBe('a = 1');
});

test('A block whose grammar would take the page along stays without colours', async () => {
  expect(await highlight('a '.repeat(1_000), 'java')).not.toBeNull();
  expect(await highlight('a '.repeat(1_000) + 'a', 'java')).toBeNull();
});
