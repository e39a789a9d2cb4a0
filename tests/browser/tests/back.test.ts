import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const isOpen = (person: Person, slug: string) => expect.poll(() => person.page.title()).toContain(`${slug} – `);

test('on a phone the way back closes the drawer and what lies over the room, and then leads to the room before', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.program(server, 'ana');
  await ana.ask({ op: 'join', cid: 'j', room: '#lobby' });
  await ana.ask({ op: 'send', cid: 's', room: '#lobby', body: 'hello' });
  const hana = await harbour.person(server, phone);
  const { page } = hana;
  await page.getByTestId('menu').click();
  await hana.createRoom('garden');
  await isOpen(hana, 'garden');

  await page.getByTestId('menu').click();
  await hana.room('lobby').waitFor();
  await page.goBack();
  await hana.room('lobby').waitFor({ state: 'hidden' });
  await isOpen(hana, 'garden');

  await page.getByTestId('people').click();
  await page.getByTestId('details').waitFor();
  await page.goBack();
  await page.getByTestId('details').waitFor({ state: 'detached' });
  await isOpen(hana, 'garden');

  // Closed otherwise it leaves no step behind; nor does a room that was chosen in the drawer.
  await page.getByTestId('people').click();
  await page.getByTestId('details').getByRole('button', { name: 'Close' }).first().click();
  await page.getByTestId('details').waitFor({ state: 'detached' });
  await page.getByTestId('menu').click();
  await hana.room('lobby').click();
  await isOpen(hana, 'lobby');
  await hana.act(hana.message('hello'), 'menu-thread');
  await page.getByTestId('thread').waitFor();
  await page.goBack();
  await page.getByTestId('thread').waitFor({ state: 'detached' });
  await isOpen(hana, 'lobby');
  await page.goBack();
  await isOpen(hana, 'garden');
});

test('where there is room beside, a pane is no step of its own', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.createRoom('garden');
  const steps = await hana.page.evaluate(() => history.length);
  await hana.page.getByTestId('people').click();
  await hana.page.getByTestId('details').waitFor();
  expect(await hana.page.evaluate(() => history.length)).toBe(steps);
});
