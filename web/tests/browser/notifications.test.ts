import { afterEach, expect, test, vi } from 'vitest';
import { closeNotifications } from '../../src/browser/notifications';

afterEach(() => void vi.unstubAllGlobals());

const worker = (registration: object | undefined) => vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => registration } });

test('What was told to whoever was here is taken away, whichever page showed it', async () => {
  const shown = [{ close: vi.fn() }, { close: vi.fn() }];
  worker({ active: {}, getNotifications: async () => shown });
  await closeNotifications();
  expect(shown.map(({ close }) => close.mock.calls.length)).toEqual([1, 1]);
});

test('Where there is no worker there is nothing to take away', async () => {
  worker(undefined);
  await closeNotifications();
  vi.stubGlobal('navigator', {});
  await closeNotifications();
});
