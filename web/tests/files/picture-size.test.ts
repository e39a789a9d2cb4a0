import { expect, test } from 'vitest';
import { pictureSize } from '../../src/files/picture-size';

const text = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));
const two = (n: number) => [n >> 8, n & 255];
const four = (n: number) => [n >>> 24, (n >> 16) & 255, ...two(n & 0xffff)];
const little = (n: number, bytes: number) => Array.from({ length: bytes }, (_, at) => Math.floor(n / 256 ** at) & 255);
const box = (type: string, ...inside: (readonly number[])[]) => [...four(inside.flat().length + 8), ...text(type), ...inside.flat()];
const ispe = (width: number, height: number) => box('ispe', four(0), four(width), four(height));

const png = [0x89, ...text('PNG\r\n\x1a\n'), ...four(13), ...text('IHDR'), ...four(20_000), ...four(300), 8, 6, 0, 0, 0];
const jpeg = [0xff, 0xd8, 0xff, 0xe1, ...two(10), 0xff, 0xc0, ...two(11), 8, 0, 1, 0, 0xff, 0xff, 0xc4, ...two(2), 0xff, 0xc2, ...two(11), 8, ...two(300), ...two(20_000), 1, 1, 1];
const gif = [...text('GIF89a'), ...little(20_000, 2), ...little(300, 2)];
const riff = (kind: string, ...inside: (readonly number[])[]) => [...text('RIFF'), ...four(0), ...text('WEBP'), ...text(kind), ...four(0), ...inside.flat()];
const lossy = riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a], little(16_000, 2), little(300, 2));
const lossless = riff('VP8L', [0x2f], little(16_000 - 1 + (300 - 1) * 0x4000, 4));
const extended = riff('VP8X', four(0), little(20_000 - 1, 3), little(300 - 1, 3));
const avif = [...box('ftyp', text('avif')), ...box('meta', four(0), box('hdlr'), box('iprp', box('ipco', ispe(512, 300), box('pixi'), ispe(20_000, 300))))];

test.each([['PNG', png, 20_000], ['JPEG', jpeg, 20_000], ['GIF', gif, 20_000], ['lossy WebP', lossy, 16_000], ['lossless WebP', lossless, 16_000], ['extended WebP', extended, 20_000], ['AVIF', avif, 20_000]])(
  'How large a %s is stands in its header, and cut off anywhere it says nothing else', (_, bytes, width) => {
    expect(pictureSize(Uint8Array.from(bytes))).toEqual({ width, height: 300 });
    for (let end = 0; end < bytes.length; end++) {
      const cut = pictureSize(Uint8Array.from(bytes.slice(0, end)));
      if (cut !== null) expect(cut).toEqual({ width, height: 300 });
    }
  });

test.each([
  ['nothing', []],
  ['text', text('<svg width="9" height="9"/>')],
  ['a PNG that begins with something else', [0x89, ...text('PNG\r\n\x1a\n'), ...four(1), ...text('tEXt'), ...four(9), ...four(9)]],
  ['a picture without height', [...text('GIF89a'), ...little(9, 2), ...little(0, 2)]],
  ['an AVIF that moves', [...avif, ...box('moov')]],
  ['an AVIF whose box is longer than the file', [...box('ftyp', text('avif')), ...four(99), ...text('meta')]],
])('Of %s nothing is said', (_, bytes) => expect(pictureSize(Uint8Array.from(bytes))).toBeNull());
