import type { BrowserContextOptions } from 'playwright-core';
import { axe } from '../kit/axe';
import type { Harbour } from '../kit/harbour';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const ways: [string, BrowserContextOptions][] = [
  ['English, desktop', { ...desktop, locale: 'en-US' }], ['English, phone', { ...phone, locale: 'en-US' }],
  ['Japanese, desktop', { ...desktop, locale: 'ja-JP' }], ['Japanese, phone', { ...phone, locale: 'ja-JP' }],
];

/** Nothing is wrong with what is shown, by day and by night. */
async function isSound({ page }: Person, view: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axe(page), `${view}, ${colorScheme}`).toEqual([]);
  }
}

/** Opens the drawer where the rooms are in one. */
async function toRooms({ page }: Person): Promise<void> {
  const isOpen = (await page.locator('.drawer-open').count()) > 0;
  if (!isOpen && await page.getByTestId('menu').isVisible()) await page.getByTestId('menu').click();
  await page.getByTestId('directory').waitFor();
}

async function lively(harbour: Harbour, options: BrowserContextOptions): Promise<Person> {
  const server = await harbour.server('--access', 'accounts');
  const hana = await harbour.owner(server, 'hana', options);
  for (const text of ['See https://example.org/menu', 'おはようございます！', 'שלום עולם', 'مرحبا بالعالم', 'w'.repeat(300)]) await hana.write(text);
  await hana.sees('w'.repeat(300), 'ok');
  return hana;
}

test.for(ways)('axe finds nothing in the rooms: %s', async ([, options], { harbour }) => {
  const hana = await lively(harbour, options);
  const { page } = hana;
  await isSound(hana, 'a conversation');
  await toRooms(hana);
  await isSound(hana, 'the list of rooms');
  for (const [opener, view] of [['directory', 'the directory'], ['new-room', 'a new room'], ['new-direct', 'a new message']] as const) {
    await toRooms(hana);
    await page.getByTestId(opener).click();
    await page.locator('dialog[open]').waitFor();
    await isSound(hana, view);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  if (await page.locator('.drawer-open').count() > 0) await page.keyboard.press('Escape');
  for (const part of ['invite', 'rules'] as const) await hana.details(part);
  await isSound(hana, 'the details of a room');
});

test.for(ways)('axe finds nothing in the settings and at the door: %s', async ([, options], { harbour }) => {
  harbour.faults.allow(/status of 401/u);
  const hana = await lively(harbour, options);
  const { page } = hana;
  await toRooms(hana);
  await page.getByTestId('settings').click();
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.waitForLoadState('networkidle');
    await isSound(hana, `the settings, ${await tab.textContent()}`);
  }
  await page.getByTestId('tab-account').click();
  await page.getByTestId('log-out').click();
  await hana.door.waitFor();
  await isSound(hana, 'the door');
});

test('a conversation from the first name to a setting, by keyboard alone, and the focus is always in sight', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, desktop);
  const { page } = hana;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.className ?? '');
  /** Whether all of what has the focus is in sight, and can be told from its neighbours. */
  const inSight = () => page.evaluate(() => {
    const element = document.activeElement!;
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element)) && element.matches(':focus-visible');
  });
  const tabTo = async (testid: string, key = 'Tab') => {
    for (let i = 0; i < 60 && (await focused()) !== testid; i++) {
      await page.keyboard.press(key);
      expect(await inSight(), `focus on ${await focused()}`).toBe(true);
    }
    expect(await focused()).toBe(testid);
  };

  expect(await focused()).toBe('composer');
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('name-input');
  await page.keyboard.type('hana');
  await page.keyboard.press('Enter');
  await hana.sees('hello', 'ok');
  await expect.poll(focused).toBe('composer');

  await tabTo('new-room', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('room-name');
  await page.keyboard.type('garden');
  await page.keyboard.press('Enter');
  await expect.poll(() => hana.room('garden').getAttribute('aria-current')).toBe('page');
  await expect.poll(focused).toBe('composer');
  await page.keyboard.type('tulips');
  await page.keyboard.press('Enter');
  await hana.sees('tulips', 'ok');

  await tabTo('people', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('details-close');
  await tabTo('room-notice');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('people');
  await tabTo('settings', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
});

test.for(ways)('what is pressed is large enough for a finger, or stands in a line of text: %s', async ([, options], { harbour }) => {
  const hana = await lively(harbour, options);
  await toRooms(hana);
  const small = await hana.page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, input, select, summary, a[href]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && element.closest('.body') === null)
    .map((element) => ({ name: element.dataset['testid'] ?? element.className, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(({ name, box }) => `${name}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`));
  expect([...new Set(small)]).toEqual([]);
});

test('a part in the other language says so', async ({ harbour }) => {
  const server = await harbour.server();
  for (const [locale, other] of [['ja-JP', 'en'], ['en-US', 'ja']] as const) {
    const hana = await harbour.person(server, { ...desktop, locale });
    expect(await hana.page.evaluate(() => document.documentElement.lang)).toBe(locale.slice(0, 2));
    await expect.poll(() => hana.page.getByTestId('language').getAttribute('lang')).toBe(other);
    await expect.poll(() => hana.page.locator('.brand-kanji').getAttribute('lang')).toBe('ja');
  }
});
