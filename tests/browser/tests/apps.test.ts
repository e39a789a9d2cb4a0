import type { FrameLocator, Locator, Page } from 'playwright-core';
import { App, apps, type AppName } from '../kit/app';
import { lostServer } from '../kit/faults';
import type { Harbour } from '../kit/harbour';
import { expect, test } from '../kit/test';

async function appWithPage(harbour: Harbour, name: AppName, minato?: string): Promise<{ app: App; page: Page; chat: FrameLocator }> {
  const app = await App.start(name, minato);
  harbour.atEnd(() => app.end());
  const page = await (await harbour.device()).newPage();
  await page.goto(app.url);
  return { app, page, chat: page.frameLocator('iframe') };
}

async function say(chat: FrameLocator, text: string): Promise<void> {
  await chat.getByTestId('composer').fill(text);
  await chat.getByTestId('composer').press('Enter');
  await expect.poll(() => message(chat, text).getAttribute('data-state')).toBe('ok');
}

function message(chat: FrameLocator, text: string): Locator {
  return chat.getByTestId('message').filter({ hasText: text });
}

/** Of all messages that are shown; those that follow another of the same person show no name. */
async function authors(chat: FrameLocator): Promise<string[]> {
  return [...new Set(await chat.getByTestId('log').getByTestId('author').allTextContents())];
}

/** What a page of somebody else gets; being refused is the point, and a browser reports each refusal. */
async function stranger(harbour: Harbour): Promise<Page> {
  harbour.faults.allow(/^console: /u);
  const page = await (await harbour.device()).newPage();
  await page.goto((await harbour.foreignSite()).url);
  return page;
}

for (const name of Object.keys(apps) as AppName[]) {
  test(`${name}: the chat is there without a login, before and after a reload`, async ({ harbour }) => {
    const { app, page, chat } = await appWithPage(harbour, name);
    await say(chat, 'hello from the app');
    await page.reload();
    await message(chat, 'hello from the app').waitFor();
    await say(chat, 'the same person');
    expect(await authors(chat)).toEqual(['Aoi']);
    await expect.poll(() => chat.getByTestId('message').count()).toBe(2);
    expect(page.url()).toBe(`${app.url}/`);
    expect(page.frames().map((frame) => frame.url()).join()).not.toContain('ticket');

    harbour.faults.allow(lostServer);
    await app.stop();
    await expect.poll(() => app.processes).toEqual([]);
  });

  test(`${name}: a page of another origin gets neither the chat nor a ticket`, async ({ harbour }) => {
    const { app } = await appWithPage(harbour, name);
    const page = await stranger(harbour);
    const url = await app.chat();
    const ticket = await page.evaluate((url) => fetch(`${url}/api/ticket`, { method: 'POST' }).then((answer) => answer.text(), () => 'blocked'), app.url);
    expect(ticket).toBe('blocked');
    const refused = await fetch(`${app.url}/api/ticket`, { method: 'POST', headers: { origin: 'http://127.0.0.1:1' } });
    expect([refused.status, await refused.text()]).toEqual([403, expect.not.stringContaining('ticket":')]);

    for (const framed of [url, app.url]) {
      await page.evaluate((url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
        return new Promise((resolve) => (frame.onload = resolve));
      }, framed);
      expect(page.frames().at(-1)!.url()).toBe('chrome-error://chromewebdata/');
    }
  });
}

for (const name of ['node', 'python'] as const) {
  test(`${name}: the page says why there is no chat`, async ({ harbour }) => {
    harbour.faults.allow(/503|MINATO_EXECUTABLE/u);
    const { page } = await appWithPage(harbour, name, '/nowhere/minato');
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/^\/nowhere\/minato.*MINATO_EXECUTABLE/u);
  });
}

test('the chat comes back by itself when its server was killed, and lets the same person in', async ({ harbour }) => {
  // A browser reports each attempt while nobody is there.
  harbour.faults.allow(/ERR_CONNECTION_REFUSED|WebSocket connection/u);
  const { app, chat } = await appWithPage(harbour, 'node');
  await say(chat, 'before');
  const host = app.processes[0]!;
  for (const pid of app.processes) if (pid !== host) process.kill(pid, 'SIGKILL');
  await say(chat, 'after');
  expect(await authors(chat)).toEqual(['Aoi']);
});
