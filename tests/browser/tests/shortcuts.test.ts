import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const open = (person: Person) => person.page.locator('[data-testid=room][aria-current]').getAttribute('data-slug');
const unread = (person: Person) => person.page.getByTestId('unread').count();

test('Alt with the arrows goes through the rooms, with Shift through those with something new; Esc and Shift+Esc read', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  for (const slug of ['a-room', 'b-room', 'c-room', 'd-room']) await hana.createRoom(slug);
  const { keyboard } = hana.page;
  await hana.open('lobby');
  // What is typed stays where it is, and the keys work from within it.
  await hana.composer.fill('half a thought');
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => open(hana)).toBe('a-room');
  await keyboard.press('Alt+ArrowUp');
  await keyboard.press('Alt+ArrowUp');
  await expect.poll(() => open(hana)).toBe('d-room');
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => open(hana)).toBe('lobby');
  await expect.poll(() => hana.composer.inputValue()).toBe('half a thought');

  const ken = await harbour.program(server, 'ken');
  for (const slug of ['b-room', 'd-room']) {
    await ken.ask({ op: 'join', cid: `j${slug}`, room: `#${slug}` });
    await ken.ask({ op: 'send', cid: `s${slug}`, room: `#${slug}`, body: `news of ${slug}` });
  }
  await expect.poll(() => unread(hana)).toBe(2);
  await keyboard.press('Alt+Shift+ArrowUp');
  await expect.poll(() => open(hana)).toBe('d-room');
  await hana.sees('news of d-room');
  await expect.poll(() => unread(hana)).toBe(1);
  // Told to the server as well: what else one has open has read it, too.
  const elsewhere = await harbour.visitor(server, hana.page.context(), '/#lobby');
  await expect.poll(() => unread(elsewhere)).toBe(1);
  await hana.page.bringToFront();
  await keyboard.press('Shift+Escape');
  await expect.poll(() => unread(hana)).toBe(0);
  await expect.poll(() => unread(elsewhere)).toBe(0);
});

test('Esc closes what is open first, and then reads the room down to the newest', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  for (let n = 0; n < 60; n++) await ken.ask({ op: 'send', cid: `s${n}`, room: '#lobby', body: `message ${n}` });
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const { page } = hana;
  await hana.log.evaluate((log) => (log.scrollTop = 0));
  await page.getByTestId('latest').waitFor();
  await ken.ask({ op: 'send', cid: 'new', room: '#lobby', body: 'something new' });
  await expect.poll(() => unread(hana)).toBe(1);
  await page.getByTestId('people').click();
  await page.getByTestId('details').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('details').waitFor({ state: 'detached' });
  expect(await unread(hana)).toBe(1);
  await hana.composer.focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => unread(hana)).toBe(0);
  await page.getByTestId('latest').waitFor({ state: 'detached' });
  await hana.sees('something new');
});

test.for([
  ['en-US', 'Keyboard shortcuts', 'Go to a room or a person'],
  ['ja-JP', 'キーボードショートカット', 'ルームや人へ移動'],
])('the help says what the keys do, in %s', async ([locale, title, first], { harbour }) => {
  const hana = await harbour.person(await harbour.server(), { locale: locale! });
  await hana.introduce('hana', 'hello');
  const { page } = hana;
  // Signs alone are text.
  await hana.composer.press('/');
  await expect.poll(() => hana.composer.inputValue()).toBe('/');
  await page.keyboard.press('Control+/');
  const help = page.getByRole('dialog', { name: title! });
  await help.waitFor();
  await expect.poll(() => help.locator('.key-row').first().innerText()).toContain(first);
  await expect.poll(() => help.locator('kbd').allTextContents()).toEqual(expect.arrayContaining(['Ctrl', 'K', 'Alt', '↑', 'Esc', 'Shift', 'F10']));
  // Nothing is done behind a dialog.
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Control+/');
  await help.waitFor({ state: 'detached' });
  await page.getByTestId('help-button').click();
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+,');
  await page.getByRole('dialog').waitFor();
});
