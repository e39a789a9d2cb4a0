import { expect, test } from 'vitest';
import { retryDelay } from '../../src/wire/error-codes';

test('what passes is sent again after the time that was given, and what stays is not', () => {
  expect(retryDelay({ code: 'busy', retryAfter: 250 })).toBe(250);
  expect(retryDelay({ code: 'storage_full' })).toBe(1000);
  expect(retryDelay({ code: 'nick_taken' })).toBeNull();
  expect(retryDelay({ code: 'of_a_newer_server', retryAfter: 20 })).toBe(50);
  expect(retryDelay({ code: 'of_a_newer_server' })).toBeNull();
});

test('what passes only after minutes is final, and so is a pace of an hour: nobody is left waiting for it', () => {
  for (const code of ['slow_mode', 'busy', 'of_a_newer_server']) {
    expect(retryDelay({ code, retryAfter: 60_000 })).toBe(60_000);
    expect(retryDelay({ code, retryAfter: 60_001 })).toBeNull();
  }
  expect(retryDelay({ code: 'rate_limited', retryAfter: 10_000 })).toBe(10_000);
  expect(retryDelay({ code: 'rate_limited', retryAfter: 10_001 })).toBeNull();
});

test('a disk that failed leaves it open whether a message was saved: the same frame is sent again, unless it is a fault that stays', () => {
  expect(retryDelay({ code: 'storage_failed', retryAfter: 2000 })).toBe(2000);
  expect(retryDelay({ code: 'storage_failed' })).toBeNull();
});
