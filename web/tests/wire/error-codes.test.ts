import { expect, test } from 'vitest';
import { retryDelay } from '../../src/wire/error-codes';

test('what passes is sent again after the time that was given, and what stays is not', () => {
  expect(retryDelay({ code: 'busy', retryAfter: 250 })).toBe(250);
  expect(retryDelay({ code: 'storage_full' })).toBe(1000);
  expect(retryDelay({ code: 'nick_taken' })).toBeNull();
  expect(retryDelay({ code: 'of_a_newer_server', retryAfter: 20 })).toBe(50);
  expect(retryDelay({ code: 'of_a_newer_server' })).toBeNull();
});

test('a disk that failed leaves it open whether a message was saved: the same frame is sent again, unless it is a fault that stays', () => {
  expect(retryDelay({ code: 'storage_failed', retryAfter: 2000 })).toBe(2000);
  expect(retryDelay({ code: 'storage_failed' })).toBeNull();
});
