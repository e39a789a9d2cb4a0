import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { launchChromium, launchShell } from './chromium';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the suite's one browser is reached; null where it is another engine's turn. */
    chromium: string | null;
    /** A folder where a test that must be alone with something says so. */
    locks: string;
  }
}

/** One browser for the whole suite; each test has a fresh context in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const locks = await mkdtemp(join(tmpdir(), 'minato-locks-'));
  project.provide('locks', locks);
  const browser = process.env['MINATO_BROWSER'] === 'firefox' ? null : await (process.env['MINATO_BROWSER'] === 'chromium' ? launchChromium() : launchShell());
  project.provide('chromium', browser?.wsEndpoint() ?? null);
  return async () => {
    await browser?.close();
    await rm(locks, { recursive: true });
  };
}
