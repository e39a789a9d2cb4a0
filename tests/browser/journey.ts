import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { Person } from './kit/person';
import { Steps } from './kit/steps';
import { TerminalServer } from './kit/terminal-server';
import { expect, test } from './kit/test';

const pictures = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const desk = { viewport: { width: 1180, height: 720 } };

const journeys = {
  en: {
    locale: 'en-US', scheme: 'light', aoi: 'aoi', ben: 'ben', room: 'summer', password: 'three boats at anchor',
    hello: 'Hello! I am in, from my phone.', welcome: 'Welcome aboard, ben!',
  },
  ja: {
    locale: 'ja-JP', scheme: 'dark', aoi: 'あおい', ben: 'けん', room: '夏の旅', password: 'みなとにふねがみっつ',
    hello: 'こんにちは。スマートフォンから入れました。', welcome: 'ようこそ、けんさん！',
  },
} as const;

/** What a camera makes of the code on the screen. */
async function scan(code: Locator): Promise<string> {
  const picture = await code.screenshot({ scale: 'device' });
  return execFileSync('zbarimg', ['--quiet', '--raw', '-'], { input: picture, encoding: 'utf8' }).trim();
}

test.for(Object.keys(journeys) as (keyof typeof journeys)[])('from the first start to a second person in a private room: %s', async (language, { harbour }) => {
  const words = journeys[language];
  const look = { locale: words.locale, colorScheme: words.scheme, deviceScaleFactor: 1 };
  const picture = async (page: Page, name: string) => {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}${language}-${name}.png`, animations: 'disabled' });
  };
  const steps = new Steps();
  const byId = (person: Person, id: string) => person.page.getByTestId(id);

  let server!: TerminalServer;
  await steps.step('start the server in a terminal', async () => {
    server = TerminalServer.start('--lan 0');
    harbour.atEnd(() => server.stop());
    // Others reach it by an address of this machine's own, which is not loopback's.
    await server.reads(/On this network: http:\/\/(?!127\.|localhost)\S+/u);
  });
  const link = await server.reads(/http:\/\/\S+\/#invite=[\w-]{20,}(?=\s)/u);
  // The suite lets pages ask loopback only; this machine's own address is as good here.
  harbour.faults.allow(new RegExp(`request: ${new URL(link).origin}/`, 'u'));
  const aoi = new Person(await (await harbour.device({ ...desk, ...look })).newPage());
  await steps.step('open the link that it shows', () => aoi.page.goto(link));
  await byId(aoi, 'sign-up').waitFor();
  await picture(aoi.page, '1-first-owner');
  await steps.step('choose a name', () => byId(aoi, 'sign-up-nick').fill(words.aoi));
  await steps.step('choose a password', () => byId(aoi, 'sign-up-password').fill(words.password));
  await steps.step('go in', () => byId(aoi, 'sign-up-confirm').click());
  await aoi.composer.waitFor();
  await steps.step('open “New room”', () => byId(aoi, 'new-room').click());
  await steps.step('name it', () => byId(aoi, 'room-name').fill(words.room));
  await steps.step('choose “Private”', () => aoi.page.locator('.kind', { has: byId(aoi, 'room-private') }).click());
  await picture(aoi.page, '2-private-room');
  await steps.step('create it', () => byId(aoi, 'room-create').click());
  await expect.poll(() => aoi.page.title()).toContain(words.room);
  await steps.step('open “About this room”', () => byId(aoi, 'people').click());
  await steps.step('let in people without an account, too', () => byId(aoi, 'link-account').check());
  await steps.step('make a link', () => byId(aoi, 'link-make').click());
  const code = byId(aoi, 'qr');
  await code.waitFor();
  await picture(aoi.page, '3-link');

  const ben = new Person(await (await harbour.device({ ...phone, ...look })).newPage());
  await steps.step('let a phone read the code, and open the page', async () => ben.page.goto(await scan(code)));
  await steps.step('choose a name', () => byId(ben, 'sign-up-nick').fill(words.ben));
  await steps.step('choose a password', () => byId(ben, 'sign-up-password').fill(words.password));
  await picture(ben.page, '4-second-person');
  await steps.step('go in', () => byId(ben, 'sign-up-confirm').click());
  await expect.poll(() => ben.page.title()).toContain(words.room);
  await ben.composer.waitFor();
  await steps.step('write', () => ben.composer.fill(words.hello));
  await steps.step('send', () => byId(ben, 'send').click());
  await aoi.sees(words.hello);
  await aoi.write(words.welcome);
  await ben.sees(words.welcome, 'ok');
  await picture(ben.page, '5-first-message');
  await picture(aoi.page, '6-together');

  console.log(`${language}: ${steps.done.length} steps\n${steps.done.map((step, i) => `${i + 1}. ${step}`).join('\n')}`);
  expect(steps.done.length).toBe(18);
});
