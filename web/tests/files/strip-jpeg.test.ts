import { describe, expect, it } from 'vitest';
import { stripJpeg } from '../../src/files/strip-jpeg';

const bytes = (...parts: (number | string | readonly number[])[]): number[] => parts.flatMap((part) =>
  typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part);
const segment = (marker: number, ...payload: Parameters<typeof bytes>): number[] => {
  const inside = bytes(...payload);
  return [0xff, marker, (inside.length + 2) >> 8, (inside.length + 2) & 0xff, ...inside];
};

const soi = [0xff, 0xd8], eoi = [0xff, 0xd9];
const jfif = segment(0xe0, 'JFIF\0', [1, 2, 0, 0, 1, 0, 1, 0, 0]);
const icc = segment(0xe2, 'ICC_PROFILE\0', [1, 1, 9, 9]);
const tables = segment(0xdb, [0, 1, 2, 3]);
const scan = [...segment(0xda, [1, 1, 0]), 7, 0xff, 0x00, 8, 0xff, 0xd0, 9, 0xff, 0xff, 0x00, 5];
const gps = 'GPS 35.6586 N 139.7454 E';
/** A directory with the orientation among others, in either order of bytes, and a place behind it. */
function exif(orientation: number, little: boolean): number[] {
  const two = (n: number) => (little ? [n & 255, n >> 8] : [n >> 8, n & 255]);
  const four = (n: number) => (little ? [...two(n), 0, 0] : [0, 0, ...two(n)]);
  const tiff = bytes(little ? 'II' : 'MM', two(42), four(8), two(2), two(0x010f), two(2), four(4), 'Cam\0', two(0x0112), two(3), four(1), two(orientation), [0, 0], four(0), gps);
  return segment(0xe1, 'Exif\0\0', tiff);
}

const text = (all: Uint8Array | null) => String.fromCharCode(...all!);
const strip = (...parts: (readonly number[])[]) => stripJpeg(Uint8Array.from(parts.flat()));

describe('a JPEG that goes out', () => {
  it.each([true, false])('says nothing of place, device and time, and how it is turned as before (little-endian: %s)', (little) => {
    const stripped = strip(soi, jfif, exif(6, little), icc, tables, scan, eoi);
    expect(text(stripped)).not.toContain('GPS');
    expect(text(stripped)).not.toContain('Cam');
    // Read again, nothing more is to be taken out: what is left is the picture, its colours and its turn.
    expect(stripJpeg(stripped!)).toEqual(stripped);
    expect(text(stripped)).toContain('ICC_PROFILE');
    expect(stripped!.length).toBe([...soi, ...jfif, ...icc, ...tables, ...scan, ...eoi].length + 36);
  });

  it('carries no Exif at all where it stands upright', () => {
    expect([...strip(soi, exif(1, true), jfif, tables, scan, eoi)!]).toEqual([...soi, ...jfif, ...tables, ...scan, ...eoi]);
  });

  it.each([
    ['XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', gps)], ['IPTC', segment(0xed, 'Photoshop 3.0\0', gps)], ['a comment', segment(0xfe, gps)],
    ['other pictures', segment(0xe2, 'MPF\0', gps)], ['a maker’s own', segment(0xe5, gps)], ['a thumbnail', segment(0xe0, 'JFXX\0', gps)],
  ])('loses %s', (_, extra) => expect([...strip(soi, extra, tables, extra, scan, extra, scan, eoi)!]).toEqual([...soi, ...tables, ...scan, ...scan, ...eoi]));

  it('loses what stands behind its end', () => {
    expect([...strip(soi, tables, scan, eoi, bytes(gps), soi, exif(1, true), eoi)!]).toEqual([...soi, ...tables, ...scan, ...eoi]);
  });

  it('is cut off anywhere without trouble', () => {
    const whole = [...soi, ...jfif, ...exif(6, true), ...tables, ...scan, ...eoi];
    for (let length = 0; length < whole.length; length++) expect(stripJpeg(Uint8Array.from(whole.slice(0, length)))).toBeNull();
    for (let at = 0; at < whole.length; at++) stripJpeg(Uint8Array.from(whole.with(at, 0xff)));
  });

  it('is none where it is something else', () => expect(strip(bytes('\x89PNG\r\n'))).toBeNull());
});
