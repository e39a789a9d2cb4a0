import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { get } from '../kit/http';
import { expect, test } from '../kit/test';

test('the page comes with headers that keep strangers out', async ({ harbour }) => {
  const server = await harbour.server();
  const { status, headers } = await get(server.url);
  expect(status).toBe(200);
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("worker-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.join(' ')).not.toMatch(/unsafe|\*/u);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
  });
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('assets are kept for ever, the page is asked for again', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await get(server.url);
  const assets = [...page.body.toString().matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map((match) => match[1]!);
  expect([...new Set(assets.map((path) => path.split('.').at(-1)))].sort()).toEqual(['css', 'js', 'svg']);
  for (const path of assets) {
    const { status, headers } = await get(server.url + path);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
  const again = await get(server.url, { 'if-none-match': page.headers.etag! });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  expect((await get(server.url, { 'if-none-match': '"another"' })).status).toBe(200);
  expect((await get(`${server.url}/assets/none.js`)).status).toBe(404);
});

test('what a client can unpack is sent packed', async ({ harbour }) => {
  const server = await harbour.server();
  const script = /src="(\/assets\/[^"]+)"/u.exec((await get(server.url)).body.toString())![1]!;
  const plain = await get(server.url + script);
  const brotli = await get(server.url + script, { 'accept-encoding': 'gzip, deflate, br' });
  const gzip = await get(server.url + script, { 'accept-encoding': 'gzip, br;q=0' });
  expect([plain, brotli, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(brotli.body.length).toBeLessThan(plain.body.length / 2);
  expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
  for (const { headers } of [plain, brotli, gzip]) expect(headers.vary).toBe('Accept-Encoding');
});

test('another name in Host is not answered', async ({ harbour }) => {
  const server = await harbour.server();
  const status = async (host: string) => (await get(server.url, { host })).status;
  expect(await status(`127.0.0.1:${server.port}`)).toBe(200);
  expect(await status(`localhost:${server.port}`)).toBe(200);
  expect(await status(`evil.example:${server.port}`)).toBe(400);
  expect(await status('evil.example')).toBe(400);
  expect(await status(`localhost.evil.example:${server.port}`)).toBe(400);
});

test('what an installed page needs comes with its types, and is asked for again', async ({ harbour }) => {
  const server = await harbour.server();
  const worker = await get(`${server.url}/service-worker.js`);
  expect([worker.status, worker.headers['content-type'], worker.headers['cache-control']]).toEqual([200, 'text/javascript; charset=utf-8', 'no-cache']);
  const page = (await get(server.url)).body.toString();
  const named = [...page.matchAll(/"\/(assets\/[^"]+\.js)"/gu)].map((match) => match[1]!);
  for (const path of named) expect(worker.body.toString()).toContain(`/${path}`);

  const manifest = await get(`${server.url}/manifest.webmanifest`);
  expect(manifest.headers['content-type']).toBe('application/manifest+json');
  const { icons } = JSON.parse(manifest.body.toString()) as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of [...icons, { src: '/icons/180.png', sizes: '180x180' }]) {
    const { status, headers, body } = await get(server.url + src);
    expect([status, headers['content-type']], src).toEqual([200, 'image/png']);
    // https://www.w3.org/TR/png/#11IHDR
    expect(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, src).toBe(sizes);
  }
});
