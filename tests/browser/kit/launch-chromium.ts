import type { TestProject } from 'vitest/node';
import { launchChromium } from './chromium';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the suite's one browser is reached. */
    chromium: string;
  }
}

/** One browser for the whole suite; each test has a fresh context in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await launchChromium();
  project.provide('chromium', browser.wsEndpoint());
  return () => browser.close();
}
