import { chromium, type Browser } from 'playwright-core';
import { expect, inject, test as plain } from 'vitest';
import { launchChromium } from './chromium';
import { launchFirefox } from './firefox';
import { Harbour } from './harbour';

interface Fixtures {
  readonly browser: Browser;
  readonly harbour: Harbour;
}

/** A test with a harbour; it fails, too, when a page of it showed an error that the test did not provoke. */
export const test = plain.extend<Fixtures>({
  browser: [async ({}, use) => {
    const endpoint = inject('chromium');
    const browser = endpoint === null ? await launchFirefox() : await chromium.connect(endpoint);
    await use(browser);
    await browser.close();
  }, { scope: 'worker' }],
  harbour: async ({ browser }, use) => {
    const harbour = new Harbour(browser);
    await use(harbour);
    await harbour.end();
    expect(harbour.faults.all).toEqual([]);
  },
});

/** The same in all of Chromium, for what its engine alone does not do. */
export const testInChromium = test.extend<Pick<Fixtures, 'browser'>>({
  browser: [async ({}, use) => {
    const server = await launchChromium();
    await use(await chromium.connect(server.wsEndpoint()));
    await server.close();
  }, { scope: 'worker' }],
});

export { expect };
