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
  await expect.poll(() => frame.getByTestId('composer').count()).toBe(0);
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

test('a name that its owner points at this machine leads to no page of ours', async ({ harbour }) => {
  harbour.faults.allow(/^console: /u);
  const server = await harbour.server();
  const page = await (await harbour.device()).newPage();
  // To the browser all that this name answers is of one origin, whichever machine it is today.
  const answer = await page.goto(`http://rebound.test:${server.port}/`);
  expect(answer!.status()).toBe(400);
  expect(await page.evaluate(() => fetch('/api/v1/rooms').then((response) => response.status))).toBe(400);
  expect(await openSocket(page, `http://rebound.test:${server.port}`)).toBe('refused');
});

test('no request that a foreign page can make changes anything or is told anything', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await foreignPage(harbour);
  const program = await harbour.program(server, 'bot');
  const outcomes = await page.evaluate(async (url) => {
    // All that a page may send without asking: "simple" requests, and those of elements.
    const simple = (init: RequestInit) => fetch(`${url}/api/v1/sessions`, { mode: 'no-cors', method: 'POST', ...init }).then((response) => response.type, () => 'blocked');
    const loaded = (element: HTMLImageElement | HTMLScriptElement, path: string) => new Promise((resolve) => {
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('blocked');
      element.src = url + path;
      document.body.append(element);
    });
    return {
      text: await simple({ body: '{"nick":"mallory"}', headers: { 'content-type': 'text/plain' } }),
      form: await simple({ body: new URLSearchParams({ nick: 'mallory' }) }),
      credentials: await simple({ credentials: 'include' }),
      beacon: navigator.sendBeacon(`${url}/api/v1/sessions`, new Blob(['{"nick":"mallory"}'], { type: 'text/plain' })),
      json: await fetch(`${url}/api/v1/sessions`, { method: 'POST', body: '{"nick":"mallory"}', headers: { 'content-type': 'application/json' } }).then(() => 'read', () => 'blocked'),
      asked: await fetch(`${url}/api/v1/rooms`).then(() => 'read', () => 'blocked'),
      image: await loaded(new Image(), '/api/v1/rooms'),
      script: await loaded(document.createElement('script'), '/embed'),
    };
  }, server.url);
  // "opaque" is an answer that the page cannot look into; what it was is seen below.
  for (const [what, outcome] of Object.entries(outcomes)) expect(['blocked', 'opaque', true], what).toContain(outcome);
  // None of them made a mallory: the name is free.
  await program.ask({ op: 'nick', cid: 'free', nick: 'mallory' });
});

test('a page that opens ours in a window holds nothing of it', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await foreignPage(harbour);
  const opened = page.context().waitForEvent('page');
  const reach = await page.evaluate(async (url) => {
    const window_ = window.open(url)!;
    await new Promise((resolve) => setTimeout(resolve, 0));
    return new Promise<string>((resolve) => {
      const look = () => (window_.closed ? resolve('severed') : setTimeout(look, 20));
      look();
    });
  }, server.url);
  expect(reach).toBe('severed');
  const ours = await opened;
  await ours.getByTestId('composer').waitFor();
  expect(await ours.evaluate(() => window.opener)).toBeNull();
});

test('a page of this very host on another port is a stranger, too', async ({ harbour }) => {
  const server = await harbour.server();
  const page = await foreignPage(harbour);
  // Cookies know no ports: what this page sets travels to ours, and must mean nothing there.
  await page.evaluate(() => (document.cookie = 'minato.session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; path=/'));
  expect(await page.evaluate((url) => fetch(`${url}/api/v1/me`, { credentials: 'include' }).then(() => 'read', () => 'blocked'), server.url)).toBe('blocked');
  const ours = await page.context().newPage();
  await ours.goto(server.url);
  await ours.getByTestId('composer').waitFor();
  expect(await ours.evaluate(() => fetch('/api/v1/me').then((response) => response.status))).toBe(401);
});
