import { expect, test } from '../kit/test';

test('the first message asks for a name, prefilled with the provisional one', async ({ harbour }) => {
  const server = await harbour.server();
  const person = await harbour.person(server);
  const provisional = await person.page.getByTestId('profile').innerText();
  await person.write('hello');
  const name = person.page.getByTestId('name-input');
  await expect.poll(() => name.inputValue()).toMatch(/^guest-/u);
  expect(provisional).toContain(await name.inputValue());

  await name.fill('hana');
  await name.press('Enter');
  await person.sees('hello', 'ok');
  await expect.poll(() => person.page.getByTestId('author').allTextContents()).toEqual(['hana']);
  await expect.poll(() => person.composer.inputValue()).toBe('');
  await expect.poll(() => person.page.getByTestId('profile').innerText()).toContain('hana');

  await person.write('and again');
  await person.sees('and again', 'ok');
  await expect.poll(() => name.count()).toBe(0);
});

test('a name that is taken is said at the field, and another one goes on', async ({ harbour }) => {
  const server = await harbour.server();
  const taro = await harbour.line(server, 'taro');
  const person = await harbour.person(server);
  await person.write('hello');
  const name = person.page.getByTestId('name-input');
  await name.fill('Taro');
  await name.press('Enter');
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
  const about = person.page.locator(`[id="${await name.getAttribute('aria-describedby')}"]`);
  await expect.poll(() => about.textContent()).toBe('Someone else has this name. Try another.');
  await expect.poll(() => person.messages.count()).toBe(0);

  await name.fill('hana');
  await name.press('Enter');
  await person.sees('hello', 'ok');
  await taro.hears('#lobby <hana> hello');
});

test('cancelling the name keeps what was written', async ({ harbour }) => {
  const person = await harbour.person(await harbour.server());
  await person.write('not yet');
  await person.page.getByTestId('name-input').press('Escape');
  await expect.poll(() => person.page.getByTestId('name-input').count()).toBe(0);
  await expect.poll(() => person.composer.inputValue()).toBe('not yet');
  expect(await person.composer.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('reload keeps the guest, the rooms and what was being written', async ({ harbour }) => {
  const server = await harbour.server();
  const person = await harbour.person(server);
  await person.introduce('hana', 'hello');
  await person.createRoom('garden');
  await person.write('roses');
  await person.sees('roses', 'ok');
  await person.composer.fill('half a thou');

  await person.page.reload();
  await person.sees('roses', 'ok');
  await expect.poll(() => person.composer.inputValue()).toBe('half a thou');
  await expect.poll(() => person.room('garden').getAttribute('aria-current')).toBe('page');
  await expect.poll(() => person.page.getByTestId('profile').innerText()).toContain('hana');
  await person.open('lobby');
  await person.sees('hello', 'ok');
  await expect.poll(() => person.composer.inputValue()).toBe('');
});
