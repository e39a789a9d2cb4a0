import type { Page } from 'playwright-core';

/** Until nothing moves: colours and places that are still on their way to others are nobody's. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
}
