import assert from 'node:assert/strict';
import test from 'node:test';
import { LineSplitter } from '../src/starting/line-splitter.js';

function linesOf(...pieces: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.write(piece);
  splitter.end();
  return lines;
}

test('wherever the text is cut, the lines are the same', () => {
  const text = 'one\r\n\ntwo\nthree';
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      assert.deepEqual(linesOf(text.slice(0, first), text.slice(first, second), text.slice(second)), ['one', '', 'two', 'three']);
    }
  }
});

test('a line that never ends is told once, cut, and costs no more', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (let i = 0; i < 1000; i++) splitter.write('x'.repeat(1000));
  assert.deepEqual(lines, ['x'.repeat(8192)]);
  splitter.write('rest\nnext\n');
  assert.deepEqual(lines.slice(1), ['next']);
});

test('a line of exactly the longest length is one line', () => {
  assert.deepEqual(linesOf(`${'x'.repeat(8192)}\nnext\n`).map((line) => line.length), [8192, 4]);
  assert.deepEqual(linesOf(`${'x'.repeat(8191)}\nnext\n`).map((line) => line.length), [8191, 4]);
});
