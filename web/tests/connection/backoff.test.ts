import { expect, test } from 'vitest';
import { fullJitter } from '../../src/connection/backoff';

test('Full jitter doubles its ceiling up to thirty seconds', () => {
  const ceilings = [0, 1, 2, 5, 6, 7, 2000].map((attempt) => fullJitter(attempt, () => 1));
  expect(ceilings).toEqual([500, 1000, 2000, 16000, 30000, 30000, 30000]);
});

test('Full jitter reaches down to zero', () => {
  expect(fullJitter(4, () => 0)).toBe(0);
});
