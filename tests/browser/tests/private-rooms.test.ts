import { expect, test } from '../kit/test';

test('nobody sees a private room but who came by its link, and they read from then on', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('den', 'private');
  await hana.write('only for us');
  await hana.sees('only for us', 'ok');
  await expect.poll(() => hana.room('den').innerText()).toContain('private');

  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=lobby]').waitFor();
  await expect.poll(() => ken.page.locator('[data-testid=directory-enter][data-slug=den]').count()).toBe(0);
  await ken.page.keyboard.press('Escape');

  const path = await hana.linkIntoRoom();
  await ken.page.evaluate((hash) => (location.hash = hash), path.slice(1));
  // Any page can send somebody here: nobody is taken into a room unasked.
  await expect.poll(() => ken.page.getByTestId('join-confirm').innerText()).toBe('Go in as ken');
  await expect.poll(() => hana.page.getByTestId('members').locator('.person-name').allInnerTexts()).toEqual(['hana you']);
  await ken.page.getByTestId('join-confirm').click();
  await expect.poll(() => ken.room('den').getAttribute('aria-current')).toBe('page');
  expect(ken.page.url()).not.toContain('join=');
  await hana.write('welcome');
  await ken.sees('welcome');
  await expect.poll(() => ken.bodies()).toEqual(['welcome']);
  await expect.poll(() => hana.page.getByTestId('members').locator('.person-name').allInnerTexts()).toEqual(['hana you', 'ken']);
});

test('a link’s secret is gone from the address at once, and a guest without a name is asked for one', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('den', 'private');
  const path = await hana.linkIntoRoom();
  const secret = path.split('=')[1]!;

  const device = await harbour.device();
  const heard: string[] = [];
  device.on('request', (request) => heard.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  const page = await device.newPage();
  await page.goto(server.url + path);
  const name = page.getByTestId('join-nick');
  await name.waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.evaluate(() => history.length)).toBe(2); // about:blank, and this page once
  await name.fill('hana');
  await page.getByTestId('join-confirm').click();
  await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual(['Someone else has this name. Try another.']);
  await name.fill('ken');
  await page.getByTestId('join-confirm').click();
  await expect.poll(() => page.title()).toBe('den – Minato');
  expect(heard.join('\n')).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))).not.toContain(secret);
});

test('a link that lets nobody in any more says so in plain words, whatever the reason', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('den', 'private');
  const path = await hana.linkIntoRoom('1');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  const goBy = (hash: string) => ken.page.evaluate((hash) => (location.hash = hash), hash);
  const wrong = ken.page.getByTestId('join-wrong');

  await hana.page.getByTestId('link-revoke').click();
  await expect.poll(() => hana.page.getByTestId('link-revoke').count()).toBe(0);
  await goBy(path.slice(1));
  await ken.page.getByTestId('join-confirm').click();
  await expect.poll(() => wrong.textContent()).toBe('This link lets nobody in, or not any more. Ask for another.');
  // Another one in the same tab is tried for itself.
  await goBy('#join=made-up');
  await wrong.waitFor({ state: 'detached' });
  await ken.page.getByTestId('join-confirm').click();
  await wrong.waitFor();
  await expect.poll(() => ken.room('den').count()).toBe(0);
  await hana.page.getByTestId('link-make').click();
  await expect.poll(async () => hana.page.getByTestId('invite-link').inputValue()).not.toContain(path);
  await goBy(new URL(await hana.page.getByTestId('invite-link').inputValue()).hash);
  await ken.page.getByTestId('join-confirm').click();
  await ken.room('den').waitFor();
});

test('one link makes an account and leads into the room', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.createRoom('den', 'private');
  const both = await aoi.linkIntoRoom('5', true);
  expect(both).toMatch(/^\/#invite=[\w-]+&join=[\w-]+$/u);
  const ben = await harbour.stranger(server, both, { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  await expect.poll(() => ben.page.getByTestId('invited').textContent()).toBe('You are invited into a room. Choose a name and a password, and you can go in.');
  expect(ben.page.url()).toBe(`${server.url}/`);
  await ben.signUp('ben', 'correct horse battery');
  await expect.poll(() => ben.page.title()).toBe('den – Minato');
  await ben.write('I am in');
  await aoi.sees('I am in');

  // Whoever is in already is asked whether they go into the room, and not to make an account.
  const dan = await harbour.stranger(server, await aoi.invite());
  await dan.signUp('dan', 'correct horse battery');
  await dan.page.evaluate((hash) => (location.hash = hash), both.slice(1));
  await dan.page.getByTestId('join-confirm').click();
  await expect.poll(() => dan.page.title()).toBe('den – Minato');

  // Whoever has an account already goes in by the same link, with that.
  await aoi.details('invite');
  await aoi.page.getByTestId('link-account').uncheck();
  await aoi.page.getByTestId('link-make').click();
  await expect.poll(async () => aoi.page.getByTestId('invite-link').inputValue()).not.toContain('invite=');
  const alone = new URL(await aoi.page.getByTestId('invite-link').inputValue()).hash;
  const cho = await harbour.stranger(server, `/${alone}`);
  await cho.page.getByTestId('log-in').waitFor();
  await cho.page.getByTestId('room-waits').waitFor();
  await cho.logIn('ben', 'correct horse battery');
  await cho.page.getByTestId('join-confirm').click();
  await expect.poll(() => cho.page.title()).toBe('den – Minato');
});

test('who revokes a link that makes accounts closes both doors, and it is shown no more', async ({ harbour }) => {
  harbour.faults.allow(/status of 40/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.createRoom('den', 'private');
  const both = await aoi.linkIntoRoom('5', true);
  await aoi.page.getByTestId('link-revoke').click();
  await expect.poll(() => aoi.page.getByTestId('link-revoke').count()).toBe(0);
  await expect.poll(() => aoi.page.getByTestId('invite-link').count()).toBe(0);
  await aoi.settings('invitations');
  await expect.poll(() => aoi.page.getByTestId('invitations').innerText()).toBe('No invitations are open.');
  const ben = await harbour.stranger(server, both);
  await ben.page.getByTestId('sign-up-nick').fill('ben');
  await ben.page.getByTestId('sign-up-password').fill('correct horse battery');
  await ben.page.getByTestId('sign-up-confirm').click();
  await ben.page.getByText('This invitation is not valid any more.').waitFor();
});

test('in 30 days is in 30 days for a browser whose clock is a little ahead', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.createRoom('den', 'private');
  await aoi.page.clock.setSystemTime(Date.now() + 45_000);
  await aoi.details('invite');
  await aoi.page.getByTestId('link-life').selectOption('30');
  expect(await aoi.linkIntoRoom('5', true)).toContain('invite=');

  // Far ahead it is refused, and nothing that opens the server was made on the way.
  await aoi.page.clock.setSystemTime(Date.now() + 600_000);
  await aoi.page.getByTestId('link-make').click();
  await aoi.page.getByText('That time is over already, or too far away.').waitFor();
  await aoi.settings('invitations');
  await expect.poll(() => aoi.page.getByTestId('invite-revoke').count()).toBe(1);
});

test('who leaves a private room reads first what becomes of it', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('den', 'private');
  await hana.details();
  await expect.poll(() => hana.page.getByTestId('leave-about').innerText()).toMatch(/moderator who has been here longest.*gone for good/u);
  await hana.really('leave');
  await hana.room('den').waitFor({ state: 'detached' });
});

test('somebody who is invited by name may come in', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('den', 'private');
  const ken = await harbour.program(server, 'ken');
  await hana.details('invite');
  const nick = hana.page.getByTestId('room-invite-nick');
  await nick.fill('nobody-here');
  await nick.press('Enter');
  await expect.poll(() => hana.page.getByTestId('invite-part').getByRole('alert').allTextContents()).toEqual(['There is no such person.']);
  await nick.fill('ken');
  await nick.press('Enter');
  await expect.poll(() => hana.page.getByTestId('room-invited').textContent()).toBe('ken may join now.');
  await ken.ask({ op: 'join', cid: 'join', room: '#den' });
  await expect.poll(() => hana.page.getByTestId('members').locator('.person-name').allInnerTexts()).toEqual(['hana you', 'ken']);
});
