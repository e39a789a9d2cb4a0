import type { KeyValue } from '../outbox/key-value';

/** Before the name of each list that this browser remembers of whoever sits at it. */
export const recentPrefix = 'minato.recent.';

/** For whoever leaves a screen at which others sit down, too. */
export function forgetRecent(keys: KeyValue): void {
  for (const key of keys.keys()) if (key.startsWith(recentPrefix)) keys.remove(key);
}
