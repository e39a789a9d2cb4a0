import { expect, test } from '../kit/test';

test('a page that is older than the server says so when a part of it is gone, and goes on with the rest', async ({ harbour }) => {
  harbour.faults.allow(/./u);
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.page.route(/assets\/details-.*\.js/u, (route) => route.fulfill({ status: 404 }));
  await hana.page.getByTestId('people').click();
  await expect.poll(() => hana.page.getByTestId('old-page').innerText()).toContain('This page is older than the server');
  await hana.write('still afloat');
  await hana.sees('still afloat', 'ok');

  await hana.page.unrouteAll();
  await hana.page.getByTestId('reload').click();
  await hana.composer.waitFor();
  await hana.page.getByTestId('old-page').waitFor({ state: 'detached' });
  await hana.details();
});

test('a part whose style did not come the first time is fetched again, and comes with it', async ({ harbour }) => {
  harbour.faults.allow(/net::ERR_FAILED/u);
  const server = await harbour.server();
  const { page } = await harbour.person(server);
  await page.route(/assets\/search-pane-.*\.css/u, (route) => route.abort(), { times: 1 });
  await page.getByTestId('search').click();
  await page.getByTestId('search-input').waitFor();
  expect(await page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes('search-pane')))).toBe(true);
  await expect.poll(() => page.getByTestId('old-page').count()).toBe(0);
});
