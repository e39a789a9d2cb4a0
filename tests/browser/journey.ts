import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { Person } from './kit/person';
import { expect, test } from './kit/test';

const pictures = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const desk = { viewport: { width: 1000, height: 680 } };

const journeys = {
  en: { locale: 'en-US', scheme: 'light', aoi: 'aoi', ben: 'ben', password: 'three boats at anchor', hello: 'Hello! I am in, from my phone.', welcome: 'Welcome aboard, ben!' },
  ja: { locale: 'ja-JP', scheme: 'dark', aoi: 'あおい', ben: 'けん', password: 'みなとにふねがみっつ', hello: 'こんにちは。スマートフォンから入れました。', welcome: 'ようこそ、けんさん！' },
} as const;

/** What people do, one act at a time: each is something to find, to understand and to do. */
class Steps {
  readonly #done: string[] = [];

  async step(what: string, act: () => Promise<unknown>): Promise<void> {
    await act();
    this.#done.push(what);
  }

  get done(): readonly string[] {
    return this.#done;
  }
}

test.for(Object.keys(journeys) as (keyof typeof journeys)[])('from the first start to the second person’s first message: %s', async (language, { harbour }) => {
  const words = journeys[language];
  const look = { locale: words.locale, colorScheme: words.scheme, deviceScaleFactor: 1 };
  const picture = async (page: Page, name: string) => {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}${language}-${name}.png`, animations: 'disabled' });
  };
  const steps = new Steps();

  const server = await harbour.server('--access', 'accounts', '--public-url', 'http://chat.test');
  const named = { url: `http://chat.test:${server.port}` };
  const aoi = new Person(await (await harbour.device({ ...desk, ...look })).newPage());
  const byId = (person: Person, id: string) => person.page.getByTestId(id);
  await steps.step('start the server in a terminal', () => Promise.resolve());
  await steps.step('open the link that it shows', async () => aoi.page.goto(named.url + (await server.ownerPath())));
  await picture(aoi.page, '1-first-owner');
  await steps.step('choose a name', () => byId(aoi, 'sign-up-nick').fill(words.aoi));
  await steps.step('choose a password', () => byId(aoi, 'sign-up-password').fill(words.password));
  await steps.step('go in', () => byId(aoi, 'sign-up-confirm').click());
  await aoi.composer.waitFor();
  await steps.step('open “Invite people”', () => byId(aoi, 'invite').click());
  await steps.step('make a link', () => byId(aoi, 'invite-make').click());
  const link = await byId(aoi, 'invite-link').inputValue();
  await byId(aoi, 'qr').waitFor();
  await picture(aoi.page, '2-invitation');
  await aoi.page.keyboard.press('Escape');

  const ben = new Person(await (await harbour.device({ ...phone, ...look })).newPage());
  await steps.step('let a phone read the code, and open the page', () => ben.page.goto(`${named.url}/${new URL(link).hash}`));
  await steps.step('choose a name', () => byId(ben, 'sign-up-nick').fill(words.ben));
  await steps.step('choose a password', () => byId(ben, 'sign-up-password').fill(words.password));
  await picture(ben.page, '3-second-person');
  await steps.step('go in', () => byId(ben, 'sign-up-confirm').click());
  await ben.composer.waitFor();
  await steps.step('write', () => ben.composer.fill(words.hello));
  await steps.step('send', () => byId(ben, 'send').click());
  await aoi.sees(words.hello);
  await aoi.write(words.welcome);
  await ben.sees(words.welcome, 'ok');
  await picture(ben.page, '4-first-message');

  console.log(`${language}: ${steps.done.length} steps\n${steps.done.map((step, i) => `${i + 1}. ${step}`).join('\n')}`);
  expect(steps.done.length).toBe(13);
});
