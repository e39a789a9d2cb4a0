import { chromium, type Browser } from 'playwright-core';
import { expect, inject, test as plain } from 'vitest';
import { Harbour } from './harbour';

interface Fixtures {
  readonly browser: Browser;
  readonly harbour: Harbour;
}

/** A test with a harbour; it fails, too, when a page of it showed an error that the test did not provoke. */
export const test = plain.extend<Fixtures>({
  browser: [async ({}, use) => {
    const browser = await chromium.connect(inject('chromium'));
    await use(browser);
    await browser.close();
  }, { scope: 'file' }],
  harbour: async ({ browser }, use) => {
    const harbour = new Harbour(browser);
    await use(harbour);
    await harbour.end();
    expect(harbour.faults.all).toEqual([]);
  },
});

export { expect };
