import type { BrowserContext } from 'playwright-core';
import { Person } from '../kit/person';
import { expect, test } from '../kit/test';

/** Everything that a device asks for, as it goes over the network: addresses, and the headers with them. */
function overheard(device: BrowserContext): string[] {
  const heard: string[] = [];
  device.on('request', (request) => heard.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  return heard;
}

test('the first owner comes by a link, invites by a link, and both talk on devices of their own', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite(), { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  await ben.signUp('ben', 'correct horse battery');
  await ben.write('I am in');
  await aoi.sees('I am in');
  await aoi.write('Welcome!');
  await ben.sees('Welcome!', 'ok');
  await expect.poll(() => ben.page.getByTestId('author').allTextContents()).toEqual(['ben', 'aoi']);
});

test('the secret of a link is gone from the address at once, and in no request’s address or Referer', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const path = await server.ownerPath();
  const secret = path.split('=')[1]!;
  const device = await harbour.device();
  const heard = overheard(device);
  const page = await device.newPage();
  await page.goto(server.url + path);
  await page.getByTestId('sign-up').waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.evaluate(() => history.length)).toBe(2); // about:blank, and this page once
  await page.getByTestId('sign-up-nick').fill('aoi');
  await page.getByTestId('sign-up-password').fill('correct horse battery');
  await page.getByTestId('sign-up-confirm').click();
  await page.getByTestId('composer').waitFor();
  expect(heard.length).toBeGreaterThan(3);
  expect(heard.join('\n')).not.toContain(secret);

  // Nothing that lets anybody in is kept where a script could read it.
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain('minato.session');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = (await device.cookies()).filter(({ name }) => name.startsWith('minato-'));
  expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([[true, 'Strict'], [true, 'Strict']]);
});

test('a link that is pasted into an open page works, and is taken out of its address', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const path = await aoi.invite();
  const ben = await harbour.stranger(server);
  await ben.page.getByTestId('log-in').waitFor();
  await ben.page.evaluate((hash) => (location.hash = hash), path.slice(1));
  await ben.page.getByTestId('sign-up').waitFor();
  expect(ben.page.url()).toBe(`${server.url}/`);
  await ben.signUp('ben', 'correct horse battery');
});

test('an invitation that is used up says so, and whoever is in already is told who they are', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const path = await aoi.invite();
  await (await harbour.stranger(server, path)).signUp('ben', 'correct horse battery');
  const late = await harbour.stranger(server, path);
  await late.page.getByTestId('sign-up-nick').fill('cho');
  await late.page.getByTestId('sign-up-password').fill('correct horse battery');
  await late.page.getByTestId('sign-up-confirm').click();
  await expect.poll(() => late.page.getByTestId('door-wrong').textContent()).toBe('This invitation is not valid any more. Ask for another one.');

  await aoi.page.evaluate((hash) => (location.hash = hash), path.slice(1));
  await expect.poll(() => aoi.door.textContent()).toContain('You are in already, as aoi');
  await aoi.page.getByTestId('go-on').click();
  await aoi.composer.waitFor();
});

test('the door takes a password, says when it is wrong, and is known to password managers', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  await harbour.owner(server, 'aoi');
  const again = await harbour.stranger(server);
  await again.page.getByTestId('log-in').waitFor();
  const fields = again.page.locator('[data-testid=log-in] input');
  expect(await fields.evaluateAll((all) => all.map((input) => [(input as HTMLInputElement).name, (input as HTMLInputElement).type, (input as HTMLInputElement).autocomplete])))
    .toEqual([['username', 'text', 'username webauthn'], ['password', 'password', 'current-password']]);
  expect(await again.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('username');

  await again.tryLogIn('aoi', 'not the password');
  const password = again.page.getByTestId('log-in-password');
  await expect.poll(() => password.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => again.page.getByRole('alert').textContent()).toBe('The name or the password is wrong.');
  await expect.poll(() => again.page.getByTestId('composer').count()).toBe(0);
  await again.logIn('aoi', 'aoi and a password');
  await again.page.reload();
  await again.composer.waitFor();
});

test('a session that is revoked elsewhere leads back to the door, and nothing that was typed is lost', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const desk = await harbour.owner(server, 'aoi');
  const phone = await harbour.stranger(server);
  await phone.logIn('aoi', 'aoi and a password');
  await phone.composer.fill('half a sent');
  await desk.settings('sessions');
  await desk.page.getByTestId('session-end').click();
  await phone.page.getByTestId('ended').waitFor();
  await expect.poll(() => phone.page.getByTestId('composer').count()).toBe(0);
  await expect.poll(() => desk.page.getByTestId('session-end').count()).toBe(0);
  await phone.logIn('aoi', 'aoi and a password');
  await expect.poll(() => phone.composer.inputValue()).toBe('half a sent');
});

test('who logs out leaves nothing behind for the next one at the screen', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.write('only for those who are in');
  await aoi.sees('only for those who are in', 'ok');
  await aoi.composer.fill('a draft');
  await aoi.settings('account');
  await aoi.page.getByTestId('log-out').click();
  await aoi.page.getByTestId('log-in').waitFor();
  await expect.poll(() => aoi.page.getByTestId('ended').count()).toBe(0);
  await aoi.page.reload();
  await aoi.page.getByTestId('log-in').waitFor();
  expect(await aoi.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('draft');
  expect(await aoi.page.content()).not.toContain('only for those');
});

test('who logs in by one tab is in by all', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  await harbour.owner(server, 'aoi');
  const device = await harbour.device();
  const [left, right] = [new Person(await device.newPage()), new Person(await device.newPage())];
  for (const { page } of [left, right]) {
    await page.goto(server.url);
    await page.getByTestId('log-in').waitFor();
  }
  await left.logIn('aoi', 'aoi and a password');
  await right.composer.waitFor();
});

test('the same in Japanese', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  const ja = { locale: 'ja-JP' };
  const aoi = await harbour.stranger(server, await server.ownerPath(), ja);
  await expect.poll(() => aoi.door.locator('h1').textContent()).toBe('アカウントを作る');
  await aoi.signUp('あおい', 'あおいのパスワード');
  const ken = await harbour.stranger(server, await aoi.invite(), ja);
  await ken.signUp('けん', 'けんのパスワード');
  await ken.write('入れました');
  await aoi.sees('入れました');
  const late = await harbour.stranger(server, '/', ja);
  await late.tryLogIn('あおい', 'ちがうパスワード');
  await expect.poll(() => late.page.getByRole('alert').textContent()).toBe('名前かパスワードが違います。');
  await late.logIn('あおい', 'あおいのパスワード');
});
