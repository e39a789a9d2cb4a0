import { say } from '../kit/conversation';
import type { Person } from '../kit/person';
import { lostServer } from '../kit/faults';
import { expect, test } from '../kit/test';

const badge = (person: Person, slug: string) => person.room(slug).getByTestId('unread');

test('what is said elsewhere is counted, divided where it begins, and read when it is seen', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.write('roses');
  await hana.sees('roses', 'ok');
  await hana.open('lobby');

  ana.say('/join #garden', 'tulips', 'lilies');
  await expect.poll(() => badge(hana, 'garden').textContent()).toBe('2');
  await expect.poll(() => badge(hana, 'garden').getAttribute('aria-label')).toBe('2 unread messages');
  await expect.poll(() => hana.page.title()).toBe('• lobby – Minato');

  await hana.open('garden');
  await expect.poll(() => badge(hana, 'garden').count()).toBe(0);
  await expect.poll(() => hana.page.title()).toBe('garden – Minato');
  const line = hana.page.locator('.line').filter({ has: hana.page.getByTestId('divider') });
  await expect.poll(() => line.getByTestId('body').allTextContents()).toEqual(['tulips']);

  await hana.open('lobby');
  await hana.open('garden');
  await hana.sees('lilies');
  await expect.poll(() => hana.page.getByTestId('divider').count()).toBe(0);
});

test('what is read on one device is read on the other', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const desk = await harbour.person(server);
  await desk.introduce('hana', 'hello');
  await desk.createRoom('garden');
  await desk.open('lobby');
  const phone = await harbour.person(server, { storageState: await desk.page.context().storageState() });
  await expect.poll(() => phone.page.getByTestId('profile').innerText()).toContain('hana');

  ana.say('/join #garden', 'tulips', 'lilies', 'peonies');
  for (const device of [desk, phone]) await expect.poll(() => badge(device, 'garden').textContent()).toBe('3');
  await desk.open('garden');
  await expect.poll(() => badge(phone, 'garden').count()).toBe(0);
  await expect.poll(() => phone.page.title()).toBe('lobby – Minato');

  await desk.open('lobby');
  await phone.write('from my phone');
  await desk.sees('from my phone');
  await expect.poll(() => badge(desk, 'lobby').count()).toBe(0);
});

test('unread survives a reload, and a restart of the server', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.open('lobby');
  ana.say('/join #garden', 'tulips');
  await expect.poll(() => badge(hana, 'garden').textContent()).toBe('1');
  await hana.page.reload();
  await expect.poll(() => badge(hana, 'garden').textContent()).toBe('1');
  await server.kill9();
  await hana.connectionBar.waitFor();
  await server.start();
  await hana.connectionBar.waitFor({ state: 'hidden' });
  await expect.poll(() => badge(hana, 'garden').textContent()).toBe('1');
  await hana.open('garden');
  await hana.page.getByTestId('divider').waitFor();
  await expect.poll(() => badge(hana, 'garden').count()).toBe(0);
});

test('more that is new than is shown at once is told of above, with the way to its beginning', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await say(ana, 400, (n) => `news ${n}`);
  await expect.poll(() => badge(hana, 'lobby').getAttribute('aria-label')).toBe('400 unread messages');
  await hana.open('lobby');
  await hana.sees('news 399');
  const bar = hana.page.getByTestId('unread-bar');
  await expect.poll(() => hana.page.getByTestId('unread-jump').textContent()).toMatch(/^400 new messages since \d{1,2}:\d\d [AP]M$/u);
  await hana.page.getByTestId('unread-jump').click();
  await hana.sees('news 0');
  const line = hana.page.locator('.line').filter({ has: hana.page.getByTestId('divider') });
  await expect.poll(() => line.getByTestId('body').allTextContents()).toEqual(['news 0']);
  await expect.poll(() => bar.count()).toBe(0);
  // It was found: it is not told of again.
  await hana.page.getByTestId('latest').click();
  await hana.sees('news 399');
  await expect.poll(() => bar.count()).toBe(0);
});

test('who marks as read what is new above is not told of it any more', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await say(ana, 400, (n) => `news ${n}`);
  await expect.poll(() => badge(hana, 'lobby').getAttribute('aria-label')).toBe('400 unread messages');
  await hana.open('lobby');
  await hana.page.getByTestId('mark-read').click();
  await hana.page.getByTestId('unread-bar').waitFor({ state: 'hidden' });
  await expect.poll(() => badge(hana, 'lobby').count()).toBe(0);
  expect(await hana.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('log');
});
