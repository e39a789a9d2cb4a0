import { describe, expect, test } from 'vitest';
import { readFrame } from '../../src/wire/read-frame';
import { post } from '../support/frames';

describe('readFrame', () => {
  test.each(['', '{"op":', '[1]', 'null', '7', '"welcome"', '{}', '{"op":1}'])('%j is no frame', (text) => {
    expect(readFrame(text)).toBeNull();
  });

  test('an op of a newer server is passed over', () => {
    expect(readFrame('{"op":"dance"}')).toBeNull();
  });

  test('an event type of a newer server keeps its place in the sequence', () => {
    const frame = readFrame('{"op":"ev","room":"r","seq":7,"type":"pinned","whatever":[]}');
    expect(frame).toEqual({ op: 'ev', room: 'r', seq: 7, type: 'unknown' });
  });

  test('fields of a newer server are passed over', () => {
    expect(readFrame(JSON.stringify({ ...post(3), sparkle: true }))).toEqual(post(3));
  });

  test.each([-1, 1.5, 2 ** 53, '3', null])('seq %j is no sequence number', (seq) => {
    expect(readFrame(JSON.stringify({ ...post(3), seq }))).toBeNull();
  });

  test('a post has a body unless it was erased', () => {
    const { body, ...bare } = post(3);
    expect(body).toBe('body 3');
    expect(readFrame(JSON.stringify(bare))).toBeNull();
    expect(readFrame(JSON.stringify({ ...bare, erased: true }))).toEqual({ ...bare, erased: true });
  });
});
