import type { BrowserContextOptions } from 'playwright-core';
import { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const installed: BrowserContextOptions = { serviceWorkers: 'allow' };

/** Until the worker has the page's files, and what was said is on the device's disk. */
async function isKept(person: Person, body: string): Promise<void> {
  await person.page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => kept(person), { message: `“${body}” on disk` }).toContain(body);
}

/** All that lies in the page's database, as text. */
async function kept(person: Person): Promise<string> {
  return await person.page.evaluate(() => new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open('minato', 1);
    opening.onerror = () => reject(opening.error!);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rooms');
    opening.onsuccess = () => {
      const reading = opening.result.transaction('rooms').objectStore('rooms').getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(reading.result));
      };
    };
  }));
}

test('without a server a reload shows the rooms as they were, takes what is written, and sends it when the server is back', async ({ harbour }) => {
  harbour.faults.allow(/WebSocket connection to '.*' failed|ERR_CONNECTION_REFUSED|Failed to load resource/u);
  const server = await harbour.server();
  const hana = await harbour.person(server, installed);
  await hana.introduce('hana', 'moored');
  await hana.createRoom('garden');
  await hana.write('tulips');
  await hana.sees('tulips', 'ok');
  await isKept(hana, 'tulips');
  await server.kill9();

  await hana.page.reload();
  await hana.sees('tulips', 'ok');
  await hana.connectionBar.waitFor();
  await hana.open('lobby');
  await hana.sees('moored', 'ok');
  await hana.write('written at sea');
  await hana.sees('written at sea', 'pending');
  await hana.page.reload();
  await hana.sees('written at sea', 'pending');

  await server.start();
  await hana.sees('written at sea', 'ok');
  await expect.poll(() => hana.bodies()).toEqual(['moored', 'written at sea']);
});

test('what was said, changed and deleted while the page was closed is told by the server: nothing old stays, and the new is news', async ({ harbour }) => {
  const server = await harbour.server();
  const device = await harbour.device(installed);
  const hana = await harbour.visitor(server, device);
  await hana.introduce('hana', 'hello');
  const bo = await harbour.program(server, 'bo');
  await bo.ask({ op: 'join', cid: 'j', room: '#lobby' });
  const { seq: wrong, room } = await bo.ask({ op: 'send', cid: 's1', room: '#lobby', body: 'a secret by mistake' });
  const { seq: typo } = await bo.ask({ op: 'send', cid: 's2', room: '#lobby', body: 'good mornign' });
  await hana.sees('good mornign', 'ok');
  await isKept(hana, 'good mornign');
  await hana.page.close();

  await bo.ask({ op: 'delete', cid: 'd', room, seq: wrong });
  await bo.ask({ op: 'edit', cid: 'e', room, seq: typo, body: 'good morning' });
  await bo.ask({ op: 'send', cid: 's3', room, body: 'fish for lunch?' });
  const again = await harbour.visitor(server, device);
  await again.sees('fish for lunch?', 'ok');
  await expect.poll(() => again.bodies()).toEqual(['hello', 'This message was deleted.', 'good morning edited', 'fish for lunch?']);
  const line = again.page.locator('.line').filter({ has: again.page.getByTestId('divider') });
  await expect.poll(() => line.getByTestId('body').allTextContents()).toEqual(['fish for lunch?']);
  await expect.poll(() => kept(again)).not.toContain('a secret by mistake');
});

test('a room that one was thrown out of meanwhile is gone, from the page and from the disk', async ({ harbour }) => {
  const server = await harbour.server();
  const device = await harbour.device(installed);
  const bo = await harbour.program(server, 'bo');
  await bo.ask({ op: 'create', cid: 'c', kind: 'public', slug: 'cabin', title: 'Cabin' });
  const hana = await harbour.visitor(server, device);
  await hana.introduce('hana', 'hello');
  await hana.page.getByTestId('directory').click();
  await hana.page.locator('[data-testid=directory-enter][data-slug=cabin]').click();
  await expect.poll(() => hana.room('cabin').getAttribute('aria-current')).toBe('page');
  await hana.write('in the cabin');
  await hana.sees('in the cabin', 'ok');
  await isKept(hana, 'in the cabin');
  await hana.page.close();
  await bo.ask({ op: 'kick', cid: 'k', room: '#cabin', user: 'hana' });

  const again = await harbour.visitor(server, device, '/#cabin');
  await expect.poll(() => again.room('cabin').count()).toBe(0);
  await expect.poll(() => kept(again)).not.toContain('in the cabin');
});

test('who has logged out leaves nothing behind, and a page without a server shows nothing of them', async ({ harbour }) => {
  harbour.faults.allow(/WebSocket connection to '.*' failed|ERR_CONNECTION_REFUSED|Failed to load resource|status of 401/u);
  const server = await harbour.server('--access', 'accounts');
  const hana = await harbour.owner(server, 'hana', installed);
  await hana.write('for the crew only');
  await hana.sees('for the crew only', 'ok');
  await isKept(hana, 'for the crew only');
  const second = await harbour.visitor(server, hana.page.context());
  await second.sees('for the crew only', 'ok');

  await hana.settings('account');
  await hana.page.getByTestId('log-out').click();
  await hana.door.waitFor();
  await second.door.waitFor();
  await expect.poll(() => kept(hana)).toBe('[]');
  await server.kill9();
  for (const { page } of [hana, second]) {
    await page.reload();
    await page.getByTestId('connection').waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/crew|hana/u);
  }
});

test('a page whose login was ended elsewhere shows nothing any more, and keeps nothing', async ({ harbour }) => {
  harbour.faults.allow(/status of 401/u);
  const server = await harbour.server('--access', 'accounts');
  const hana = await harbour.owner(server, 'hana', installed);
  await hana.write('for the crew only');
  await hana.sees('for the crew only', 'ok');
  await isKept(hana, 'for the crew only');
  const { page } = hana;
  await page.context().clearCookies();
  await page.reload();
  await hana.door.waitFor();
  expect(await page.locator('body').innerText()).not.toContain('crew');
  await expect.poll(() => kept(hana)).toBe('[]');
});

test('over plain http from another machine the page is as good, without a worker', async ({ harbour }) => {
  const server = await harbour.server('--public-url', 'http://minato.test', '--access', 'guests');
  const page = await (await harbour.device(installed)).newPage();
  await page.goto(`http://minato.test:${server.port}/`);
  const hana = new Person(page);
  await hana.introduce('hana', 'hello');
  expect(await page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
});
