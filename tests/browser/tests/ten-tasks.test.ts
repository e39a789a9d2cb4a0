import type { Locator } from 'playwright-core';
import { lostServer } from '../kit/faults';
import { Person } from '../kit/person';
import { Steps } from '../kit/steps';
import { expect, test } from '../kit/test';

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/**
 * Ten things that people come to do, each from where the one before has left them, by what they see. A step is one act of a hand: what is
 * more than these is a detour, and fails the test.
 */
test('ten tasks, from the first start to reading on another device', async ({ harbour }) => {
  const tasks: [string, number][] = [];
  const task = async (name: string, act: (step: Steps['step']) => Promise<unknown>) => {
    const steps = new Steps();
    await act((what, does) => steps.step(what, does));
    tasks.push([name, steps.done.length]);
  };
  const byId = (person: Person, id: string): Locator => person.page.getByTestId(id);

  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.stranger(server, await server.ownerPath());
  await task('install', (step) => step('open the link that the server showed', () => byId(aoi, 'sign-up').waitFor()));
  await task('name', async (step) => {
    await step('choose a name', () => byId(aoi, 'sign-up-nick').fill('aoi'));
    await step('choose a password', () => byId(aoi, 'sign-up-password').fill('three boats at anchor'));
    await step('go in', () => byId(aoi, 'sign-up-confirm').click());
    await aoi.composer.waitFor();
  });
  let link = '';
  await task('invite', async (step) => {
    await step('open “About this room”', () => byId(aoi, 'people').click());
    await step('open “Invite”', () => byId(aoi, 'invite-part').locator('summary').click());
    await step('let in people without an account', () => byId(aoi, 'link-account').check());
    await step('make a link', () => byId(aoi, 'link-make').click());
    link = `/${new URL(await byId(aoi, 'invite-link').inputValue()).hash}`;
    await step('close', () => aoi.page.keyboard.press('Escape'));
  });
  const network = await harbour.relay(server);
  const ben = await harbour.stranger(network, link, phone);
  await task('join from a phone', async (step) => {
    await step('choose a name', () => byId(ben, 'sign-up-nick').fill('ben'));
    await step('choose a password', () => byId(ben, 'sign-up-password').fill('a lamp in the harbour'));
    await step('go in', () => byId(ben, 'sign-up-confirm').click());
    await ben.composer.waitFor();
    await expect.poll(() => byId(ben, 'join-confirm').count()).toBe(0);
    await step('write', () => ben.composer.fill('Hello from the ferry'));
    await step('send', () => byId(ben, 'send').click());
    await aoi.sees('Hello from the ferry');
  });

  // A week of talk, in which one message is wanted.
  const log = await harbour.programWith(server, await token(aoi));
  await log.ask({ op: 'send', cid: 'menu', room: '#lobby', body: 'Lunch: 港の食堂, at half past twelve' });
  for (let i = 0; i < 95; i++) await log.ask({ op: 'send', cid: `talk-${i}`, room: '#lobby', body: `wind and weather ${i}` });
  await task('find last week’s message', async (step) => {
    await step('open the search', () => byId(aoi, 'search').click());
    await step('type', () => byId(aoi, 'search-input').fill('食堂'));
    await step('choose what was found', () => byId(aoi, 'result').first().click());
    await expect.poll(() => aoi.message('Lunch: 港の食堂, at half past twelve').isVisible()).toBe(true);
    await step('close', () => aoi.page.keyboard.press('Escape'));
  });
  // “edited” stands behind it.
  const corrected = ben.messages.filter({ hasText: 'See you at noon' });
  await task('correct a typo', async (step) => {
    await step('write', () => aoi.composer.fill('See you at nooon'));
    await step('send', () => aoi.composer.press('Enter'));
    await aoi.sees('See you at nooon', 'ok');
    await step('press ↑', () => aoi.composer.press('ArrowUp'));
    await step('correct it', () => byId(aoi, 'edit-text').fill('See you at noon'));
    await step('save', () => byId(aoi, 'edit-text').press('Enter'));
    await corrected.waitFor();
  });
  await task('answer in a thread', async (step) => {
    await step('open the message’s menu', () => corrected.getByTestId('message-acts').click());
    await step('choose “thread”', () => byId(ben, 'message-menu').getByTestId('menu-thread').click());
    const pane = byId(ben, 'thread');
    await step('write', () => pane.getByTestId('composer').fill('I bring the boat'));
    await step('send', () => pane.getByTestId('send').click());
    await aoi.sees('I bring the boat');
    await step('close', () => byId(ben, 'pane-close').click());
  });
  await task('mute a room', async (step) => {
    await step('open “About this room”', () => byId(ben, 'people').click());
    await step('choose “nothing”', () => byId(ben, 'room-notice').selectOption('none'));
    await step('close', () => byId(ben, 'details-close').click());
  });
  await task('go offline and back', async (step) => {
    harbour.faults.allow(lostServer);
    harbour.faults.allow(/ERR_/u);
    await step('lose the network', async () => network.cut());
    await ben.connectionBar.waitFor();
    await step('write', () => ben.composer.fill('from the tunnel'));
    await step('send', () => byId(ben, 'send').click());
    await ben.sees('from the tunnel', 'pending');
    await step('come back', async () => network.mend());
    await ben.sees('from the tunnel', 'ok');
    await aoi.sees('from the tunnel');
  });
  await task('read on another device', async (step) => {
    const tablet = await harbour.stranger(server, '/', { viewport: { width: 820, height: 1100 } });
    await step('type the name', () => byId(tablet, 'log-in-nick').fill('aoi'));
    await step('type the password', () => byId(tablet, 'log-in-password').fill('three boats at anchor'));
    await step('go in', () => byId(tablet, 'log-in-confirm').click());
    await tablet.sees('from the tunnel', 'ok');
    await expect.poll(() => tablet.room('lobby').getByTestId('unread').count()).toBe(0); // read on the other one
  });

  console.log(tasks.map(([name, steps], i) => `${i + 1}. ${name}: ${steps} steps`).join('\n'));
  expect(tasks.map(([, steps]) => steps)).toEqual([1, 3, 5, 5, 4, 5, 5, 3, 4, 3]);
});

/** For a program of hers: it says what others would have said in a week. */
async function token(person: Person): Promise<string> {
  await person.settings('tokens');
  await person.page.getByTestId('token-name').fill('talk');
  await person.page.getByTestId('token-scope').selectOption('write');
  await person.page.getByTestId('token-make').click();
  const secret = await person.page.getByTestId('token-secret').inputValue();
  await person.page.keyboard.press('Escape');
  return secret;
}
