import type { Locator } from 'playwright-core';
import { expect, test } from '../kit/test';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Brightness of a CSS colour, 0–255. */
async function brightness(element: Locator, property: 'color' | 'backgroundColor'): Promise<number> {
  const colour = await element.evaluate((element, property) => getComputedStyle(element)[property], property);
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/gu) ?? []).map(Number);
  return (red + green + blue) / 3;
}

test('on a phone the rooms are in a drawer', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('/join #garden', 'tulips');
  await ana.hears('#garden <ana> tulips');
  const hana = await harbour.person(server, phone);
  const { page } = hana;
  const lobby = hana.room('lobby');
  await expect.poll(() => lobby.isVisible()).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await page.getByTestId('menu').tap();
  await lobby.waitFor();
  await page.getByTestId('directory').tap();
  await page.locator('[data-testid=directory-enter][data-slug=garden]').tap();
  await hana.sees('tulips');
  await expect.poll(() => lobby.isVisible()).toBe(false);

  await page.getByTestId('menu').tap();
  await lobby.tap();
  await expect.poll(() => lobby.isVisible()).toBe(false);
  await page.getByTestId('menu').tap();
  await lobby.waitFor();
  await page.touchscreen.tap(380, 400);
  await expect.poll(() => lobby.isVisible()).toBe(false);
});

test('on a phone a conversation fits, with long words and a dot for what is unread', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server, phone);
  await hana.composer.fill('こんにちは');
  await hana.page.getByTestId('send').tap();
  await hana.page.getByTestId('name-input').fill('hana');
  await hana.page.getByTestId('name-confirm').tap();
  await hana.sees('こんにちは', 'ok');
  ana.say('w'.repeat(500), `https://example.org/${'x'.repeat(300)}`, '/msg hana psst');
  await hana.sees('w'.repeat(500));
  await expect.poll(() => hana.page.getByTestId('menu').getAttribute('class')).toContain('dotted');
  expect(await hana.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await hana.log.evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0);
  const box = (await hana.composer.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(844);
});

test('a dark system gets a dark page, and a light one a light page', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server(), { colorScheme: 'dark' });
  await hana.introduce('hana', 'good evening');
  const main = hana.page.locator('main');
  const body = hana.message('good evening').getByTestId('body');
  expect(await brightness(main, 'backgroundColor')).toBeLessThan(60);
  expect(await brightness(body, 'color')).toBeGreaterThan(180);
  await hana.page.emulateMedia({ colorScheme: 'light' });
  expect(await brightness(main, 'backgroundColor')).toBeGreaterThan(230);
  expect(await brightness(body, 'color')).toBeLessThan(80);
});
