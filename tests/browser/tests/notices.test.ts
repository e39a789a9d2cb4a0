import type { BrowserContext } from 'playwright-core';
import type { Harbour } from '../kit/harbour';
import type { MinatoServer } from '../kit/minato-server';
import type { Person } from '../kit/person';
import { expect, testInChromium as test } from '../kit/test';

interface Shown {
  readonly title: string;
  readonly body: string;
}

/** What the system shows of this browser, as the worker's registration knows it. */
async function shown(person: Person): Promise<Shown[]> {
  return await person.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
  });
}

async function device(harbour: Harbour, server: MinatoServer): Promise<BrowserContext> {
  const context = await harbour.device({ serviceWorkers: 'allow' });
  await context.grantPermissions(['notifications'], { origin: server.url });
  return context;
}

/** Hana, who has another room in sight and is told of things. */
async function told(harbour: Harbour, server: MinatoServer): Promise<Person> {
  const hana = await harbour.visitor(server, await device(harbour, server));
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.page.evaluate(() => navigator.serviceWorker.ready);
  await hana.page.getByTestId('settings').click();
  await hana.page.getByTestId('guest-notices').click();
  await hana.page.getByTestId('notices-on').click();
  await hana.page.getByTestId('notices-sound').waitFor();
  await hana.page.keyboard.press('Escape');
  return hana;
}

test('a mention and a direct message elsewhere are told, without marks; other talk is not; reading takes them away', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await told(harbour, server);
  const bo = await harbour.line(server, 'bo');
  bo.say('/join #lobby', 'nothing for anybody', '**ahoy** @hana, see `chart.ts`', '/msg hana psst');
  await expect.poll(() => shown(hana)).toEqual(expect.arrayContaining([
    { title: 'bo – lobby', body: 'ahoy @hana, see chart.ts' }, { title: 'bo', body: 'psst' },
  ]));
  expect(await shown(hana)).toHaveLength(2);

  await hana.open('lobby');
  await expect.poll(() => shown(hana)).toEqual([{ title: 'bo', body: 'psst' }]);
  bo.say('/join #lobby', '@hana in sight');
  await hana.sees('@hana in sight');
  expect(await shown(hana)).toEqual([{ title: 'bo', body: 'psst' }]);
});

test('several tabs tell once, none does what one of them shows, and another device that reads takes it away', async ({ harbour }) => {
  const server = await harbour.server();
  const first = await told(harbour, server);
  const second = await harbour.visitor(server, first.page.context(), '/#lobby');
  await expect.poll(() => second.room('lobby').getAttribute('aria-current')).toBe('page');
  await first.createRoom('cabin');
  const bo = await harbour.line(server, 'bo');
  bo.say('/join #lobby', '@hana in the other tab', '/join #garden', '@hana in none');
  await expect.poll(() => shown(first)).toEqual([{ title: 'bo – garden', body: '@hana in none' }]);
  await expect.poll(() => second.page.getByTestId('notice-offer').count()).toBe(0);

  const phone = await harbour.person(server, { storageState: await first.page.context().storageState() });
  await phone.open('garden');
  await phone.sees('@hana in none');
  await expect.poll(() => shown(first)).toEqual([]);
});

test('a room is told of as it is set: everything, mentions, or nothing', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await told(harbour, server);
  const set = async (slug: string, wish: string) => {
    await hana.open(slug);
    await hana.details();
    await hana.page.getByTestId('room-notice').selectOption(wish);
    await hana.page.getByTestId('details-close').click();
  };
  await set('lobby', 'all');
  await set('garden', 'none');
  await hana.createRoom('cabin');
  const bo = await harbour.line(server, 'bo');
  bo.say('/join #garden', '@hana nothing of this', '/join #lobby', 'to nobody in particular');
  await expect.poll(() => shown(hana)).toEqual([{ title: 'bo – lobby', body: 'to nobody in particular' }]);
  const icon = hana.page.locator('link[rel=icon]');
  await expect.poll(() => icon.getAttribute('href')).toContain('unread');
  await hana.open('lobby');
  // What waits in the silent room gives no dot, as it gives no sound.
  await expect.poll(() => icon.getAttribute('href')).not.toContain('unread');
  await expect.poll(() => hana.room('garden').getByTestId('called').textContent()).toBe('1');
});

test('whoever is named is asked once, by a bar that wants a press, and not again after a no', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.visitor(server, await device(harbour, server));
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  const bo = await harbour.line(server, 'bo');
  const offer = hana.page.getByTestId('notice-offer');
  bo.say('/join #lobby', 'just talk');
  await expect.poll(() => hana.room('lobby').getByTestId('unread').textContent()).toBe('1');
  await expect.poll(() => offer.count()).toBe(0);
  bo.say('@hana look');
  await offer.waitFor();
  await hana.page.getByTestId('notice-not-now').click();
  await offer.waitFor({ state: 'detached' });
  bo.say('@hana again');
  await expect.poll(() => hana.room('lobby').getByTestId('called').textContent()).toBe('2');
  expect(await shown(hana)).toEqual([]);
  await expect.poll(() => offer.count()).toBe(0);
});

test('a press on a notification leads to the message', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await told(harbour, server);
  const bo = await harbour.program(server, 'bo');
  await bo.ask({ op: 'join', cid: 'j', room: '#lobby' });
  const { room, seq } = await bo.ask({ op: 'send', cid: 's', room: '#lobby', body: '@hana over here' });
  await expect.poll(() => shown(hana)).toHaveLength(1);
  // As the worker says it: nobody can press what a headless system shows.
  await hana.page.evaluate((data) => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data })), { op: 'open', room, seq });
  await hana.sees('@hana over here');
});
