import type { Page } from 'playwright-core';
import type { Harbour } from '../kit/harbour';
import { expect, test } from '../kit/test';

async function foreignPage(harbour: Harbour): Promise<Page> {
  // Being refused is what these tests are about, and a browser reports each refusal.
  harbour.faults.allow(/^console: /u);
  const page = await (await harbour.device()).newPage();
  await page.goto((await harbour.foreignSite()).url);
  return page;
}

/** How a WebSocket ends that this page opens. */
function openSocket(page: Page, url: string): Promise<string> {
  return page.evaluate((url) => new Promise<string>((resolve) => {
    const socket = new WebSocket(url, 'minato.v1');
    socket.onopen = () => resolve('open');
    socket.onclose = () => resolve('refused');
  }), `${url.replace('http', 'ws')}/ws`);
}

test('a foreign page cannot open the WebSocket, the own page can', async ({ harbour }) => {
  const server = await harbour.server();
  expect(await openSocket(await foreignPage(harbour), server.url)).toBe('refused');
  const hana = await harbour.person(server);
  expect(await openSocket(hana.page, server.url)).toBe('open');
});

test('a foreign page can read nothing', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await foreignPage(harbour);
  const fetched = (path: string, mode: RequestMode) => page.evaluate(
    ([url, mode]) => fetch(url!, { mode: mode as RequestMode }).then((response) => response.type, () => 'blocked'), [server.url + path, mode]);
  for (const path of ['/healthz', '/']) {
    expect(await fetched(path, 'cors'), path).toBe('blocked');
    expect(await fetched(path, 'no-cors'), path).toBe('blocked');
  }
});

test('a foreign page cannot put the page into a frame', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await foreignPage(harbour);
  await page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    return new Promise((resolve) => (frame.onload = resolve));
  }, server.url);
  const frame = page.frames().at(-1)!;
  expect(frame.parentFrame()).toBe(page.mainFrame());
  expect(frame.url()).not.toContain(String(server.port));
  expect(await frame.getByTestId('composer').count()).toBe(0);
});

test('nothing that a foreign page sends becomes a message', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const page = await foreignPage(harbour);
  await page.evaluate(async (url) => {
    const body = '/nick mallory\nowned\n';
    await fetch(url, { method: 'POST', mode: 'no-cors', body }).catch(() => {});
    await fetch(`${url}/ws`, { method: 'POST', mode: 'no-cors', body, headers: { 'content-type': 'text/plain' } }).catch(() => {});
  }, server.url);
  const answered = page.waitForResponse(`${server.url}/`);
  await page.evaluate((url) => {
    const form = document.createElement('form');
    Object.assign(form, { action: url, method: 'post', enctype: 'text/plain' });
    const field = document.createElement('input');
    Object.assign(field, { name: '/nick mallory\r\nowned\r\n', value: '' });
    form.append(field);
    document.body.append(form);
    form.submit();
  }, server.url);
  expect((await answered).status()).toBe(405);
  ana.say('still alone');
  await ana.hears('#lobby <ana> still alone');
  expect(await ana.history()).toEqual(['<ana> still alone']);
});
