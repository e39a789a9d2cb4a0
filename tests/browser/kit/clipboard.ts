import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Milliseconds between two looks whether another test has let go of it. */
const pause = 100;

/** The browser has one clipboard for all tests that run at once: whoever copies has it alone, until what is returned is called. Null: ended before. */
export async function ownClipboard(ended: AbortSignal): Promise<(() => Promise<void>) | null> {
  const lock = join(inject('locks'), 'clipboard');
  while (!ended.aborted) {
    try {
      await mkdir(lock);
      return () => rmdir(lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}
