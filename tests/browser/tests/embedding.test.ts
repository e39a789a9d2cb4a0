import type { FrameLocator, Page } from 'playwright-core';
import type { Harbour } from '../kit/harbour';
import { HostPage, type HostAnswers } from '../kit/host-page';
import type { MinatoServer } from '../kit/minato-server';
import { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const token = 'a-launch-token-of-a-test';

interface Shown {
  readonly host: HostPage;
  readonly server: MinatoServer;
  readonly page: Page;
  readonly frame: FrameLocator;
}

/** An app's page with Minato in its frame; `trusts` is the origin that the server was told of. */
async function show(harbour: Harbour, answers: HostAnswers = {}, trusts?: string): Promise<Shown> {
  const host = await HostPage.start();
  harbour.atEnd(() => host.close());
  const server = await harbour.serverOfApp(token, '--embed-origin', trusts ?? host.origin);
  host.shows(server.url, token, answers);
  const page = await (await harbour.device()).newPage();
  await page.goto(host.origin);
  return { host, server, page, frame: page.frameLocator('iframe') };
}

test('an app shows the chat in its page without a second login', async ({ harbour }) => {
  const { frame, page } = await show(harbour);
  await frame.getByTestId('composer').fill('from inside');
  await frame.getByTestId('composer').press('Enter');
  await frame.getByText('from inside').waitFor();
  await expect.poll(() => frame.getByTestId('author').first().textContent()).toContain('Aoi');
  // Nothing by which somebody else could come back is left in the browser.
  const kept = await page.frames()[1]!.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie, address: location.href }));
  expect(kept).not.toMatch(/session|ticket/u);
});

test('it is the same person after a reload, and after the server was killed and started anew', async ({ harbour }) => {
  const { frame, page, server, host } = await show(harbour);
  await frame.getByTestId('composer').fill('before');
  await frame.getByTestId('composer').press('Enter');
  await frame.getByText('before').waitFor();
  await page.reload();
  await frame.getByText('before').waitFor();
  expect(host.tickets).toBe(2);

  harbour.faults.allow(/WebSocket connection|ERR_CONNECTION_REFUSED/u);
  await server.kill9();
  await frame.getByTestId('composer').fill('while it was away');
  await frame.getByTestId('composer').press('Enter');
  await server.start();
  await expect.poll(() => frame.getByTestId('message').filter({ hasText: 'while it was away' }).getAttribute('data-state')).toBe('ok');
  // One for each connection, and a server that has just begun may lose one.
  expect(host.tickets).toBeGreaterThanOrEqual(3);
  await expect.poll(() => frame.getByTestId('message').filter({ hasText: 'while it was away' }).count()).toBe(1);
});

test('a page of an app that listens late is asked again', async ({ harbour }) => {
  const { frame, page } = await show(harbour, { deaf: 2 });
  await frame.getByTestId('composer').waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { askings: number }).askings)).toBe(3);
});

test('what is no ticket opens nothing, and a later one does', async ({ harbour }) => {
  for (const say of [{ minato: 1, ticket: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, { minato: 2, ticket: 'x' }, 'ticket', null]) {
    const { frame, page, server, host } = await show(harbour, { say });
    await expect.poll(() => page.evaluate(() => (globalThis as unknown as { askings: number }).askings)).toBeGreaterThan(1);
    await expect.poll(() => frame.getByTestId('composer').count()).toBe(0);
    host.shows(server.url, token);
    await page.reload();
    await frame.getByTestId('composer').waitFor();
  }
});

test('a page of another origin can neither show the chat nor be asked for a ticket', async ({ harbour }) => {
  harbour.faults.allow(/^console: /u);
  const { page, host } = await show(harbour, {}, 'http://127.0.0.1:9');
  // Its document is the browser's own refusal, and no script of it will ever run.
  expect(page.frames()[1]!.url()).toBe('chrome-error://chromewebdata/');
  expect(await page.evaluate(() => (globalThis as unknown as { askings: number }).askings)).toBe(0);
  expect(host.tickets).toBe(0);
});

test('a frame inside the frame is none of the app’s either', async ({ harbour }) => {
  harbour.faults.allow(/^console: /u);
  const { host } = await show(harbour);
  const foreign = await harbour.foreignSite();
  const page = await (await harbour.device()).newPage();
  await page.goto(foreign.url);
  await page.evaluate((origin) => {
    const frame = document.createElement('iframe');
    frame.src = origin;
    document.body.append(frame);
    return new Promise((resolve) => (frame.onload = resolve));
  }, host.origin);
  expect(page.frames()[2]!.url()).toBe('chrome-error://chromewebdata/');
});

test('a ticket in the address opens the page, and is in it no more', async ({ harbour }) => {
  const { host, server } = await show(harbour);
  const ticket = await host.ticket();
  const page = await (await harbour.device()).newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  await page.goto(`${server.url}/#ticket=${ticket}`);
  await new Person(page).composer.waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.evaluate(() => history.length)).toBe(2); // about:blank, and this page once
  expect(requests.join('\n')).not.toContain(ticket);
  await page.reload();
  await new Person(page).composer.waitFor();

  harbour.faults.allow(/WebSocket/u);
  const late = await (await harbour.device()).newPage();
  await late.goto(`${server.url}/#ticket=${ticket}`);
  await expect.poll(() => late.getByTestId('connection').textContent()).toContain('app');
});
