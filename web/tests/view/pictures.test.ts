import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileTransport } from '../../src/files/transport';
import { readFileLink } from '../../src/model/file-link';
import { holdPicture } from '../../src/view/room/pictures';

const id = '0197a3c0-0000-7000-8000-000000000001';
const link = (name: string) => readFileLink(`/api/v1/files/${id}/${name}`)!;
const gif = (side: number) => new Blob([Uint8Array.from([...'GIF89a'].map((letter) => letter.charCodeAt(0)).concat(side & 255, side >> 8, side & 255, side >> 8))]);

let urls: Set<string>;
let fetched: string[];

beforeEach(() => {
  urls = new Set();
  fetched = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    urls.add('blob:1');
    return 'blob:1';
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void urls.delete(url));
});

afterEach(() => void vi.restoreAllMocks());

const files = (answer: Promise<Blob | null>) => ({ fetch: (path: string) => (fetched.push(path), answer) }) as unknown as FileTransport<Blob>;

test('A file that is named again and again is fetched once, and let go of with the last who shows it', async () => {
  const server = files(Promise.resolve(gif(9)));
  const [one, two] = [holdPicture(server, link('a.gif')), holdPicture(server, link('b.gif'))];
  expect([await one.picture, await two.picture, fetched.length]).toEqual([{ url: 'blob:1' }, { url: 'blob:1' }, 1]);
  one.letGo();
  await Promise.resolve();
  expect(urls.size).toBe(1);
  two.letGo();
  await Promise.resolve();
  expect(urls.size).toBe(0);
});

test('What comes after nobody wants it any more is let go of, too', async () => {
  const held = holdPicture(files(Promise.resolve(gif(9))), link('a.gif'));
  held.letGo();
  await held.picture;
  await Promise.resolve();
  expect(urls.size).toBe(0);
});

test('A picture that would take gigabytes is not given to the browser, nor one that is not there', async () => {
  const large = holdPicture(files(Promise.resolve(gif(20_000))), link('a.gif'));
  expect(await large.picture).toBe('large');
  large.letGo();
  const gone = holdPicture(files(Promise.resolve(null)), link('a.gif'));
  expect(await gone.picture).toBe('gone');
  gone.letGo();
  expect(urls.size).toBe(0);
});
