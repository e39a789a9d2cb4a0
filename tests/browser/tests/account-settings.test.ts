import { expect, test } from '../kit/test';

const password = 'aoi and a password';

test('a token is shown once, works over HTTP and WebSocket, and is worth nothing once revoked', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.settings('tokens');
  await aoi.page.getByTestId('token-name').fill('build bot');
  await aoi.page.getByTestId('token-make').click();
  const token = await aoi.page.getByTestId('token-secret').inputValue();
  expect(token).toMatch(/^mnto_/u);
  await expect.poll(() => aoi.page.getByTestId('tokens').innerText()).toContain('build bot');

  const post = (key: string) => fetch(`http://127.0.0.1:${server.port}/api/v1/rooms/lobby/messages`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }, body: '{"body":"green"}',
  });
  expect((await post('k1')).status).toBe(201);
  const bot = await harbour.programWith(server, token);
  expect(await bot.receives('welcome')).toMatchObject({ you: { nick: 'aoi', guest: false } });

  await aoi.page.getByTestId('token-revoke').click();
  expect(await bot.receives('error')).toMatchObject({ code: 'login_required' });
  expect((await post('k2')).status).toBe(401);
  await aoi.page.keyboard.press('Escape');
  await aoi.sees('green');
  await aoi.settings('tokens');
  await expect.poll(() => aoi.page.getByTestId('tokens').innerText()).toBe('No tokens yet.');
  await expect.poll(() => aoi.page.getByTestId('token-secret').count()).toBe(0);
});

test('recovery codes are shown once and replace a password that is lost', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await aoi.settings('account');
  await aoi.page.getByTestId('codes-part').locator('summary').click();
  await aoi.page.getByTestId('codes-password').fill(password);
  await aoi.page.getByTestId('codes-make').click();
  await aoi.page.getByTestId('codes').waitFor();
  const codes = await aoi.page.getByTestId('codes').locator('code').allTextContents();
  expect(codes.length).toBe(10);

  const elsewhere = await harbour.stranger(server);
  await elsewhere.page.getByTestId('to-recover').click();
  await elsewhere.page.getByTestId('recover-nick').fill('aoi');
  await elsewhere.page.getByTestId('recover-code').fill(codes[3]!.toLowerCase().replaceAll('-', ' '));
  await elsewhere.page.getByTestId('recover-password').fill('another password');
  await elsewhere.page.getByTestId('recover-confirm').click();
  await elsewhere.composer.waitFor();
  await aoi.page.getByTestId('ended').waitFor();
  await aoi.logIn('aoi', 'another password');
});

test('a new password is asked for by the old one, and ends all other sessions', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const other = await harbour.stranger(server);
  await other.logIn('aoi', password);
  await aoi.settings('account');
  await aoi.page.getByTestId('password-part').locator('summary').click();
  const change = async (old: string) => {
    await aoi.page.getByTestId('password-old').fill(old);
    await aoi.page.getByTestId('password-new').fill('short');
    await expect.poll(() => aoi.page.getByTestId('password-confirm').isEnabled()).toBe(false);
    await aoi.page.getByTestId('password-new').fill('quite another password');
    await aoi.page.getByTestId('password-confirm').click();
  };
  await change('a wrong one');
  await expect.poll(() => aoi.page.getByTestId('password-old').getAttribute('aria-invalid')).toBe('true');
  await change(password);
  await aoi.page.getByTestId('password-done').waitFor();
  await other.page.getByTestId('ended').waitFor();
  await other.logIn('aoi', 'quite another password');
});

test('who deletes their account types their name first, and is gone', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite());
  await ben.signUp('ben', 'ben and a password');
  await ben.write('remember me');
  await aoi.sees('remember me');
  await ben.settings('account');
  await ben.page.getByTestId('delete-part').locator('summary').click();
  await ben.page.getByTestId('delete-password').fill('ben and a password');
  await expect.poll(() => ben.page.getByTestId('delete-confirm').isEnabled()).toBe(false);
  await ben.page.getByTestId('delete-typed').fill('ben');
  await ben.page.getByTestId('delete-confirm').click();
  await ben.page.getByTestId('log-in').waitFor();
  await ben.tryLogIn('ben', 'ben and a password');
  await expect.poll(() => ben.page.getByRole('alert').textContent()).toBe('The name or the password is wrong.');
  await expect.poll(() => aoi.page.getByTestId('author').allTextContents()).toEqual([expect.stringMatching(/^deleted-/u)]);
});
