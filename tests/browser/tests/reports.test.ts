import { expect, test } from '../kit/test';

test('a message is reported, read by who runs the server, and what its author said is erased everywhere', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite());
  await ben.signUp('ben', 'ben and a password');
  const spam = await harbour.stranger(server, await aoi.invite());
  await spam.signUp('spam', 'spam and a password');
  await spam.write('Buy now!');
  await ben.sees('Buy now!');

  await ben.act(ben.message('Buy now!'), 'about-message');
  await ben.page.getByTestId('report-reason').fill('宣伝です');
  await ben.page.getByTestId('report').click();
  await ben.page.getByTestId('reported').waitFor();
  await expect.poll(() => aoi.page.getByTestId('settings').getAttribute('class')).toContain('dotted');
  await aoi.page.getByTestId('settings').click();
  const tab = aoi.page.getByTestId('tab-reports');
  await expect.poll(() => tab.textContent()).toBe('Reports (1)');
  await tab.click();
  await expect.poll(() => aoi.page.getByTestId('report-card').innerText()).toMatch(/spam · [^]*Buy now![^]*ben · [^]*宣伝です/u);

  await aoi.really('purge-out');
  await expect.poll(() => aoi.page.getByTestId('report-done').textContent()).toBe('Everything that spam has said is erased, and they are shut out.');
  await spam.page.getByTestId('ended').waitFor();
  await ben.page.keyboard.press('Escape');
  await expect.poll(() => ben.page.getByTestId('body').last().innerText()).toBe('This message was deleted.');
  await aoi.page.getByTestId('resolve-acted').click();
  await expect.poll(() => tab.textContent()).toBe('Reports');
  await aoi.page.getByTestId('report-state').selectOption('resolved');
  await expect.poll(() => aoi.page.getByTestId('report-card').innerText()).toContain('acted upon · aoi');
  expect(await ben.page.getByTestId('settings').getAttribute('class')).not.toContain('dotted');
});

test('who looks at other reports before the first are here sees those', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const ben = await harbour.stranger(server, await aoi.invite());
  await ben.signUp('ben', 'ben and a password');
  await aoi.write('hello');
  await ben.act(ben.message('hello'), 'about-message');
  await ben.page.getByTestId('report').click();
  await ben.page.getByTestId('reported').waitFor();

  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  const asked = aoi.page.waitForRequest(/reports\?state=open/u);
  await aoi.page.route(/reports\?state=open/u, async (route) => (await released, await route.continue()));
  await aoi.settings('reports');
  await asked;
  await aoi.page.getByTestId('report-state').selectOption('resolved');
  release();
  await expect.poll(() => aoi.page.getByTestId('reports').innerText()).toBe('No reports here.');
  await aoi.page.getByTestId('report-state').selectOption('open');
  await aoi.page.getByTestId('report-card').waitFor();
  await expect.poll(() => aoi.page.getByTestId('purge').count()).toBe(0); // it is one's own
});

test('what a blocked one writes is one line that can be opened, and the two do not write to each other', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'you again?');
  await hana.writeTo('ken');
  await expect.poll(() => hana.page.title()).toBe('ken – Minato');
  await hana.open('lobby');

  // What happens to the message meanwhile takes nothing of what was typed.
  const cho = await harbour.program(server, 'cho');
  const seq = Number(await hana.message('you again?').getAttribute('data-seq'));
  await hana.act(hana.message('you again?'), 'about-message');
  await hana.page.getByTestId('report-reason').fill('rude');
  await cho.ask({ op: 'react', cid: 'r1', room: '#lobby', seq, emoji: '⚓' });
  await hana.page.getByTestId('reactions').waitFor();
  await expect.poll(() => hana.page.getByTestId('report-reason').inputValue()).toBe('rude');
  await hana.page.getByTestId('block').click();
  const folded = hana.page.getByTestId('folded');
  await expect.poll(() => folded.innerText()).toMatch(/^Hidden: someone you blocked.\s*Show$/u);
  await expect.poll(() => hana.bodies()).toEqual(['hello']);
  await ken.write('and more');
  await expect.poll(() => folded.count()).toBe(2);
  await folded.first().getByTestId('unfold').click();
  await hana.sees('you again?');
  await cho.ask({ op: 'react', cid: 'r2', room: '#lobby', seq, emoji: '🚢' });
  await expect.poll(() => hana.page.getByTestId('reactions').innerText()).toContain('🚢');
  await hana.sees('you again?');
  await hana.page.getByTestId('room').filter({ hasText: 'ken' }).click();
  await expect.poll(() => hana.page.getByTestId('hushed').textContent()).toContain('You have blocked this person.');

  await ken.page.getByTestId('room').filter({ hasText: 'hana' }).click();
  await ken.write('psst');
  await ken.sees('psst', 'failed');
  await expect.poll(() => ken.message('psst').getByRole('alert').innerText()).toContain('One of you has blocked the other.');

  // By then they have a conversation; somebody new finds out by the click.
  const dan = await harbour.person(server);
  await dan.introduce('dan', 'ahoy');
  await hana.open('lobby');
  await hana.act(hana.message('ahoy'), 'about-message');
  await hana.page.getByTestId('block').click();
  const card = await dan.about('hana');
  await card.getByTestId('write').click();
  await expect.poll(() => card.getByRole('alert').textContent()).toBe('One of you has blocked the other.');
  await hana.page.getByTestId('room').filter({ hasText: 'ken' }).click();

  await hana.page.getByTestId('settings').click();
  await hana.page.getByRole('dialog').locator('summary').first().click();
  await hana.page.getByTestId('unblock').first().click();
  await expect.poll(() => hana.page.getByTestId('unblock').count()).toBe(1);
  await hana.page.getByTestId('unblock').click();
  await expect.poll(() => hana.page.getByTestId('blocked').innerText()).toBe('You have blocked nobody.');
  await hana.page.keyboard.press('Escape');
  await expect.poll(() => hana.page.getByTestId('hushed').count()).toBe(0);
  await hana.open('lobby');
  await hana.sees('and more');
});
