import type { Harbour } from '../kit/harbour';
import type { MinatoServer } from '../kit/minato-server';
import { Person } from '../kit/person';
import { expect, test } from '../kit/test';

/** A server for guests, of which somebody has an account already and lets all others have one. */
async function openServer(harbour: Harbour): Promise<MinatoServer> {
  const server = await harbour.server();
  const owner = await harbour.owner(server, 'aoi');
  await owner.settings('server');
  await owner.page.getByTestId('signup-policy').selectOption('open');
  await expect.poll(() => owner.page.getByTestId('settings-saved').textContent()).toBe('Saved.');
  return server;
}

test('a guest who makes an account is the same person still, in every tab and on other devices', async ({ harbour }) => {
  const server = await openServer(harbour);
  const device = await harbour.device();
  const hana = await harbour.visitor(server, device);
  const otherTab = await harbour.visitor(server, device);
  await hana.page.bringToFront();
  await hana.introduce('hana', 'said as a guest');
  await otherTab.sees('said as a guest');
  await hana.page.getByTestId('settings').click();
  await hana.page.getByTestId('guest-sign-up').click();
  await expect.poll(() => hana.page.getByTestId('sign-up-nick').inputValue()).toBe('hana');
  await hana.signUp('hana', 'correct horse battery');
  await hana.write('said as herself');
  await hana.sees('said as herself', 'ok');

  // One head for both: the same author, one message after the other.
  await expect.poll(() => hana.page.getByTestId('author').allTextContents()).toEqual(['hana']);
  expect(await hana.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('minato.session');
  await otherTab.sees('said as herself');
  await otherTab.page.bringToFront();
  await otherTab.write('from the other tab');
  await otherTab.sees('from the other tab', 'ok');
  await expect.poll(() => otherTab.page.getByTestId('author').allTextContents()).toEqual(['hana']);

  const elsewhere = await harbour.person(server);
  await elsewhere.page.getByTestId('settings').click();
  await elsewhere.page.getByTestId('guest-log-in').click();
  await elsewhere.logIn('hana', 'correct horse battery');
  await elsewhere.write('from elsewhere');
  await elsewhere.sees('from elsewhere', 'ok');
  // What the other tab has not told yet to be read is divided from the rest here: a second head.
  expect(new Set(await elsewhere.page.getByTestId('author').allTextContents())).toEqual(new Set(['hana']));
});

test('a guest may turn away from the door, and is offered no account where none is to be had', async ({ harbour }) => {
  const server = await harbour.server();
  const guest = await harbour.person(server);
  await guest.page.getByTestId('settings').click();
  await guest.page.getByTestId('guest-log-in').waitFor();
  await expect.poll(() => guest.page.getByTestId('guest-sign-up').count()).toBe(0);
  await expect.poll(() => guest.page.getByTestId('guest-closed').innerText(), { message: 'how to get an account all the same' }).toContain('invitation');
  await guest.page.getByTestId('guest-log-in').click();
  await guest.page.getByTestId('not-now').click();
  await guest.introduce('hana', 'still a guest');
});

test('who logs out where guests are let in is somebody else afterwards', async ({ harbour }) => {
  const server = await openServer(harbour);
  const device = await harbour.device();
  const page = await device.newPage();
  await page.goto(server.url);
  const hana = new Person(page);
  await hana.introduce('hana', 'as a guest');
  await hana.page.getByTestId('settings').click();
  await hana.page.getByTestId('guest-sign-up').click();
  await hana.signUp('hana', 'correct horse battery');
  await hana.settings('account');
  await hana.page.getByTestId('log-out').click();
  await expect.poll(() => hana.page.getByTestId('profile').innerText()).toContain('guest-');
});
