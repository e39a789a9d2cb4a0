import { createRoot } from 'solid-js';
import { afterEach, beforeEach } from 'vitest';
import { Client } from '../../src/client/client';
import { Session } from '../../src/client/session';
import { FakeClock } from './fake-clock';
import { FakeNetwork } from './fake-socket';
import { me, welcome } from './frames';
import { MemoryKeys } from './memory-keys';

export const mine = { id: me, nick: 'alice' };

/** Of the browser that the pages of one test are open in. */
export let clock: FakeClock;
export let keys: MemoryKeys;
export let pages: { readonly network: FakeNetwork; readonly client: Client; readonly close: () => void }[];

/** One more page of that browser, which is in. */
export function page() {
  const network = new FakeNetwork();
  const opened = createRoot((close) => ({
    network, close,
    client: new Client({ open: network.open, clock, random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null }),
  }));
  opened.client.start();
  network.newest.open();
  network.newest.say(welcome());
  pages.push(opened);
  return opened;
}

beforeEach(() => {
  [clock, keys, pages] = [new FakeClock(), new MemoryKeys(), []];
});

afterEach(() => pages.forEach(({ close }) => close()));

export const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
export const asked = (network: FakeNetwork, op: string) => network.newest.sent.filter((frame) => frame['op'] === op);
