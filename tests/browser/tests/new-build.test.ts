import type { Page } from 'playwright-core';
import type { Harbour } from '../kit/harbour';
import { OtherBuild } from '../kit/other-build';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

async function standing(harbour: Harbour): Promise<OtherBuild> {
  const build = await OtherBuild.before(await harbour.server());
  harbour.atEnd(() => build.close());
  return build;
}

async function installed(harbour: Harbour, build: OtherBuild): Promise<Person> {
  const hana = await harbour.visitor(build, await harbour.device({ serviceWorkers: 'allow' }));
  await hana.introduce('hana', 'hello');
  await hana.page.evaluate(() => navigator.serviceWorker.ready);
  return hana;
}

const caches = (page: Page) => page.evaluate(async () => (await window.caches.keys()).filter((name) => name.startsWith('minato-shell-')).length);

test('an open page is told of a new build when the server comes back with one, goes on, and is new after a reload', async ({ harbour }) => {
  harbour.faults.allow(/WebSocket connection to '.*' failed/u);
  const build = await standing(harbour);
  const hana = await installed(harbour, build);
  // The same page under another name: by its name it knows whether it is of the newest build.
  build.dress = (_, text) => text.replaceAll(/index-[\w-]+(?=\.js)/gu, '$&-2').replace(/(version["`]?:["`])[0-9a-f]+/u, '$10123456789abcdef');
  build.real = (path) => path.replace('-2.js', '.js');
  build.drop();
  const bar = hana.page.getByTestId('old-page');
  await bar.waitFor();
  await expect.poll(() => bar.innerText()).toContain('There is a newer version of this page.');
  await hana.write('still afloat');
  await hana.sees('still afloat', 'ok');
  // Parts of the build that this page came with are still at hand.
  await hana.details();

  await hana.page.getByTestId('reload').click();
  await bar.waitFor({ state: 'detached' });
  await hana.sees('still afloat');
  await expect.poll(() => hana.page.locator('script[type=module]').getAttribute('src')).toContain('-2.js');
  expect(await caches(hana.page)).toBe(2);
});

test('a page that is as new as its worker is told nothing', async ({ harbour }) => {
  const build = await standing(harbour);
  const hana = await installed(harbour, build);
  await hana.page.reload();
  await hana.sees('hello', 'ok');
  await hana.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect.poll(() => hana.page.getByTestId('old-page').count()).toBe(0);
  expect(await caches(hana.page)).toBe(1);
});

test('where no server has the worker any more, it goes, and takes along what it kept', async ({ harbour }) => {
  harbour.faults.allow(/Failed to load resource|bad HTTP response code|ServiceWorker/u);
  const build = await standing(harbour);
  const hana = await installed(harbour, build);
  build.dress = (path, text) => {
    if (path === '/service-worker.js') return null;
    return path === '/' ? '<!doctype html><title>Another program</title><p>Another program</p>' : text;
  };
  await hana.page.reload();
  await expect.poll(() => hana.page.locator('body').innerText()).toContain('Another program');
  await expect.poll(() => hana.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await expect.poll(() => caches(hana.page)).toBe(0);
});
