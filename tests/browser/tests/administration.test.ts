import { expect, test } from '../kit/test';

test('an owner shuts somebody out and lets them in again, and all of it is written down', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite());
  await ben.signUp('ben', 'ben and a password');
  await ben.settings('account');
  await expect.poll(() => ben.page.getByRole('tab').allTextContents()).toEqual(['Account', 'Writing', 'Notifications', 'Devices', 'Access tokens', 'Blocked']);
  await ben.page.keyboard.press('Escape');

  await aoi.settings('people');
  const shut = aoi.page.getByTestId('account-active');
  await expect.poll(() => aoi.page.getByTestId('accounts').locator('strong').allTextContents()).toEqual(['aoi', 'ben']);
  await expect.poll(() => shut.count()).toBe(1); // not for oneself
  await shut.click();
  await ben.page.getByTestId('ended').waitFor();
  await expect.poll(() => shut.textContent()).toBe('Let in again');
  await shut.click();
  await expect.poll(() => shut.textContent()).toBe('Shut out');
  await ben.logIn('ben', 'ben and a password');

  await aoi.page.getByTestId('tab-audit').click();
  await expect.poll(() => aoi.page.getByTestId('audit').locator('strong').allTextContents()).toEqual([
    'aoi · let in again · ben', 'aoi · shut out · ben', 'aoi · made an invitation', 'aoi · came in', 'whoever runs the server · made the link for an owner',
    'whoever runs the server · made the link for an owner',
  ]);
});

test('an invitation is a link and a code for a phone’s camera, and opens nothing once revoked', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts', '--public-url', 'http://chat.test');
  const named = { url: `http://chat.test:${server.port}` };
  const aoi = await harbour.stranger(named, await server.ownerPath());
  await aoi.signUp('aoi', 'aoi and a password');
  await aoi.settings('invitations');
  await aoi.page.getByTestId('invite-uses').selectOption('25');
  await aoi.page.getByTestId('invite-make').click();
  const link = await aoi.page.getByTestId('invite-link').inputValue();
  expect(link.startsWith(`${named.url}/#invite=`)).toBe(true);
  const drawn = await aoi.page.getByTestId('qr').locator('path').getAttribute('d');
  expect(drawn!.length).toBeGreaterThan(1_000);
  await expect.poll(() => aoi.page.getByTestId('invitations').innerText()).toContain('0 of 25 used');

  await aoi.page.getByTestId('invite-revoke').click();
  await expect.poll(() => aoi.page.getByTestId('invitations').innerText()).toBe('No invitations are open.');
  const late = await harbour.stranger(named, `/${new URL(link).hash}`);
  await late.page.getByTestId('sign-up-nick').fill('ben');
  await late.page.getByTestId('sign-up-password').fill('ben and a password');
  await late.page.getByTestId('sign-up-confirm').click();
  await late.page.getByTestId('door-wrong').waitFor();
});

test('an owner makes somebody an administrator, who has the server’s settings at once', async ({ harbour }) => {
  harbour.faults.allow(/status of 409/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite());
  await ben.signUp('ben', 'ben and a password');
  await aoi.settings('people');
  const role = aoi.page.getByTestId('account-role');
  await role.waitFor();
  await expect.poll(() => role.count()).toBe(1); // not for oneself
  await role.focus();
  await role.press('ArrowUp'); // by way of another role, none of which is given before it is said
  await role.selectOption('admin');
  await aoi.page.getByTestId('give-role').click();
  await expect.poll(() => aoi.page.getByTestId('accounts').innerText()).toContain('Administrator');
  await ben.settings('people');
  await expect.poll(() => ben.page.getByTestId('accounts').locator('strong').allTextContents()).toEqual(['aoi', 'ben']);
  await expect.poll(() => ben.page.getByTestId('account-role').count()).toBe(0); // an owner's to give
  await role.selectOption('member');
  await aoi.page.getByTestId('give-role').click();
  await expect.poll(() => ben.page.getByRole('tab').allTextContents()).toEqual(['Account', 'Writing', 'Notifications', 'Devices', 'Access tokens', 'Blocked']);
});

test('the settings are walked through by keyboard', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.settings('account');
  for (let i = 0; i < 3; i++) await aoi.page.keyboard.press('ArrowRight');
  await expect.poll(() => aoi.page.locator('[role=tab][aria-selected=true]').textContent()).toBe('Devices');
  expect(await aoi.page.evaluate(() => document.activeElement?.textContent)).toBe('Devices');
  await expect.poll(() => aoi.page.getByTestId('sessions').innerText()).toContain('this device');
  for (let i = 0; i < 4; i++) await aoi.page.keyboard.press('ArrowLeft');
  await expect.poll(() => aoi.page.locator('[role=tab][aria-selected=true]').textContent()).toBe('Audit log');
  await aoi.page.keyboard.press('Escape');
  await expect.poll(() => aoi.page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => aoi.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
});
