import type { Harbour } from '../kit/harbour';
import { expect, test } from '../kit/test';

/** hana owns #dock; ken, on a page of his own, is a member. */
async function dock(harbour: Harbour) {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('dock');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=dock]').click();
  await expect.poll(() => ken.room('dock').getAttribute('aria-current')).toBe('page');
  await hana.details();
  return { server, hana, ken };
}

test('a role is given and taken, and the other page offers what it brings at once', async ({ harbour }) => {
  const { hana, ken } = await dock(harbour);
  await ken.details();
  await ken.page.getByTestId('invite-part').waitFor();
  await expect.poll(() => ken.page.getByTestId('rules-part').count()).toBe(0);
  await ken.approach('hana');
  await expect.poll(() => ken.page.getByTestId('ban').count()).toBe(0);

  await hana.approach('ken');
  const role = hana.page.getByTestId('role');
  await role.focus();
  await role.press('End');
  await expect.poll(() => role.inputValue()).toBe('owner');
  expect(await role.evaluate((select) => select === document.activeElement)).toBe(true);
  await hana.page.getByTestId('give-role').click();
  await expect.poll(() => hana.page.getByTestId('give-role').innerText()).toBe('Make ken an owner?');
  await role.selectOption('moderator');
  await hana.page.getByTestId('give-role').click();
  await expect.poll(() => hana.page.getByTestId('person').filter({ hasText: 'ken' }).innerText()).toContain('Moderator');
  await ken.page.getByTestId('rules-part').waitFor();
  await expect.poll(() => ken.page.getByTestId('kick').count()).toBe(0); // an owner stands above
  await expect.poll(() => ken.page.getByTestId('oneself').innerText()).toContain('Moderator');
  await role.selectOption('member');
  await hana.page.getByTestId('give-role').click();
  await ken.page.getByTestId('rules-part').waitFor({ state: 'detached' });
});

test('a helper is offered what keeps order among people, and nothing that decides about the room', async ({ harbour }) => {
  const { server, hana, ken } = await dock(harbour);
  await hana.approach('ken');
  await hana.page.getByTestId('role').selectOption('helper');
  await hana.page.getByTestId('give-role').click();
  await expect.poll(() => hana.page.getByTestId('person').filter({ hasText: 'ken' }).innerText()).toContain('Helper');
  const ryo = await harbour.person(server);
  await ryo.introduce('ryo', 'ahoy');
  await ryo.page.getByTestId('directory').click();
  await ryo.page.locator('[data-testid=directory-enter][data-slug=dock]').click();
  await expect.poll(() => ryo.room('dock').getAttribute('aria-current')).toBe('page');

  await ken.details('rules');
  await expect.poll(() => ken.page.getByTestId('title-input').count()).toBe(0);
  await expect.poll(() => ken.page.getByTestId('slug-input').count()).toBe(0);
  await ken.approach('ryo');
  await ken.page.getByTestId('mute').waitFor();
  await ken.page.getByTestId('kick').waitFor();
  expect(await ken.page.getByTestId('ban').count()).toBe(0);
  await ken.page.getByTestId('mute').click();
  await expect.poll(() => ryo.page.getByTestId('hushed').count()).toBe(1);
  await ken.page.getByTestId('unmute').click();
  await ryo.composer.waitFor();
});

test('on a phone the details lie over the room, and nothing beneath them is reached until they are closed', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { viewport: { width: 390, height: 780 } });
  await hana.introduce('hana', 'hello');
  const beneath = () => hana.page.evaluate(() => {
    const composer = document.querySelector<HTMLElement>('[data-testid=composer]')!;
    composer.focus();
    return composer === document.activeElement;
  });
  await hana.details();
  await expect.poll(beneath).toBe(false);
  await hana.page.getByTestId('details-close').click();
  await expect.poll(() => hana.page.getByTestId('people').evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await beneath()).toBe(true);
});

test('the room is handed over, and who gave it moderates it', async ({ harbour }) => {
  const { hana, ken } = await dock(harbour);
  await hana.approach('ken');
  await hana.really('transfer');
  await expect.poll(() => hana.page.getByTestId('oneself').innerText()).toContain('Moderator');
  await expect.poll(() => hana.page.getByTestId('transfer').count()).toBe(0);
  await ken.details('rules');
  await ken.page.getByTestId('posting').waitFor();
  await hana.page.getByTestId('oneself').click();
  await hana.really('step-down');
  await expect.poll(() => hana.page.getByTestId('oneself').innerText()).not.toContain('Moderator');
});

test('whoever is muted reads why their message did not go, and writes again when it ends', async ({ harbour }) => {
  const { hana, ken } = await dock(harbour);
  await hana.approach('ken');
  await hana.page.getByTestId('during').selectOption('hour');
  await hana.page.getByTestId('mute').click();
  await expect.poll(() => hana.page.getByTestId('person-acts').getByRole('status').textContent()).toBe('ken is muted: they read and do not write.');
  await expect.poll(() => ken.page.getByTestId('hushed').textContent()).toMatch(/^You are muted here until .*: you read, and do not write.$/u);
  // A page that was opened since is told by the refusal.
  await ken.page.reload();
  await ken.write('may I?');
  await ken.sees('may I?', 'failed');
  await expect.poll(() => ken.message('may I?').getByRole('alert').innerText()).toContain('You may not do this here.');
  await hana.page.getByTestId('unmute').click();
  await expect.poll(() => hana.page.getByTestId('person-acts').getByRole('status').textContent()).toBe('ken may write again.');
  await ken.page.getByTestId('retry').click();
  await hana.sees('may I?');
});

test('a double click or a held key is no answer to whether it is meant', async ({ harbour }) => {
  const { hana, ken } = await dock(harbour);
  await hana.approach('ken');
  const kick = hana.page.getByTestId('kick');
  await kick.dblclick();
  await kick.click({ clickCount: 3 });
  await expect.poll(() => kick.innerText()).toBe('Remove from the room?');
  await kick.press('Escape');
  await kick.focus();
  await hana.page.keyboard.down('Enter');
  await hana.page.locator('[data-testid=kick][data-asked=true]').waitFor();
  await hana.page.keyboard.down('Enter'); // a second one without an up between them is a repeat
  await hana.page.keyboard.up('Enter');
  await expect.poll(() => kick.innerText()).toBe('Remove from the room?');
  await ken.write('still here');
  await hana.sees('still here');
  await kick.press('Enter');
  await ken.room('dock').waitFor({ state: 'detached' });
});

test('whoever is removed is out at once; whoever is banned stays out until they are let in', async ({ harbour }) => {
  const { hana, ken } = await dock(harbour);
  const names = () => hana.page.getByTestId('members').locator('.person-name').allInnerTexts();
  const enter = async () => {
    await ken.page.getByTestId('directory').click();
    await ken.page.locator('[data-testid=directory-enter][data-slug=dock]').click();
  };
  await hana.approach('ken');
  await hana.really('kick');
  await ken.room('dock').waitFor({ state: 'detached' });
  await expect.poll(names).toEqual(['hana you']);
  await expect.poll(() => hana.page.getByTestId('removed').textContent()).toBe('ken is removed.');
  expect(await hana.page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Members/u);
  await enter();
  await expect.poll(names).toEqual(['hana you', 'ken']);

  await hana.approach('ken');
  await hana.really('ban');
  await ken.room('dock').waitFor({ state: 'detached' });
  await enter();
  await expect.poll(() => ken.page.getByRole('dialog').getByRole('alert').allTextContents()).toEqual(['You may not do this here.']);
  await ken.page.keyboard.press('Escape');
  await hana.details('rules');
  const banned = hana.page.getByTestId('exclusions').locator('li').filter({ hasText: 'ken' });
  await expect.poll(() => banned.innerText()).toContain('banned by hana');
  await banned.getByTestId('unban').click();
  await expect.poll(() => banned.count()).toBe(0);
  await expect.poll(() => hana.page.locator('.exclusions').getByRole('status').textContent()).toBe('ken may come in again.');
  await enter();
  await ken.room('dock').waitFor();
});

test('a pattern is listed in words as soon as it is made, and ended by its button', async ({ harbour }) => {
  const { server, hana } = await dock(harbour);
  const mei = await harbour.program(server, 'mei');
  const make = (list: string, pattern: string) => mei.ask({ op: 'pattern', cid: list, room: '#dock', list, pattern });
  await mei.ask({ op: 'join', cid: 'j', room: '#dock' });
  await hana.approach('mei');
  await hana.page.getByTestId('role').selectOption('moderator');
  await hana.page.getByTestId('give-role').click();
  await expect.poll(() => hana.page.getByTestId('person').filter({ hasText: 'mei' }).innerText()).toContain('Moderator');
  await make('ban', 'eve*');
  await hana.details('rules');
  const lines = hana.page.getByTestId('exclusions').locator('li');
  await expect.poll(() => lines.allInnerTexts()).toEqual([expect.stringMatching(/^eve\*!\*@\*\nbanned by mei on [^·]+\nEnd$/u)]);
  await make('mute_exception', 'account:ボブ?');
  await expect.poll(() => lines.allInnerTexts()).toEqual([
    expect.stringContaining('eve*!*@*'), expect.stringMatching(/^account:ボブ\?\nexcepted from mutes by mei on /u),
  ]);
  await lines.first().getByTestId('end-pattern').click();
  await expect.poll(() => lines.allInnerTexts()).toEqual([expect.stringContaining('account:ボブ?')]);
  await expect.poll(() => hana.page.locator('.exclusions').getByRole('status').textContent()).toBe('eve*!*@* is ended.');
  mei.send({ op: 'bans', rid: 'b', room: '#dock' });
  expect(await mei.receives('bans')).toMatchObject({ patterns: [{ list: 'mute_exception', pattern: 'account:ボブ?' }] });
});
