import { expect, test } from '../kit/test';

test('a page that came in the clear says what that means, and copies without the clipboard that browsers withhold', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts', '--public-url', 'http://chat.test');
  const named = { url: `http://chat.test:${server.port}` };
  const aoi = await harbour.stranger(named, await server.ownerPath());
  await aoi.signUp('aoi', 'aoi and a password');
  expect(await aoi.page.evaluate(() => [isSecureContext, 'clipboard' in navigator])).toEqual([false, false]);
  await aoi.page.getByTestId('settings').click();
  await expect.poll(() => aoi.page.getByTestId('in-the-clear').innerText()).toMatch(/^About this connection .*plain http.*docs\/guides\/network\.md\.$/u);
  await aoi.page.keyboard.press('Escape');

  await aoi.createRoom('den', 'private');
  const path = await aoi.linkIntoRoom('25', true);
  await harbour.clipboard();
  await aoi.page.getByTestId('invite-link-copy').click();
  await expect.poll(() => aoi.page.getByTestId('invite-link-copy').textContent()).toBe('Copied');
  await aoi.composer.focus();
  await aoi.page.keyboard.press('Control+v');
  await expect.poll(() => aoi.composer.inputValue()).toBe(named.url + path);

  const sora = await harbour.stranger(named, path);
  await sora.signUp('sora', 'sora and a password');
  await expect.poll(() => sora.page.title()).toBe('den – Minato');
  await sora.write('by the link');
  await aoi.sees('by the link');
});

test('a page of this machine alone says nothing of the kind', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts', '--public-url', 'http://localhost');
  const aoi = await harbour.stranger({ url: `http://127.0.0.1:${server.port}` }, await server.ownerPath());
  await aoi.signUp('aoi', 'aoi and a password');
  await aoi.page.getByTestId('settings').click();
  await aoi.page.getByTestId('log-out').waitFor();
  await expect.poll(() => aoi.page.getByTestId('in-the-clear').count()).toBe(0);
});
