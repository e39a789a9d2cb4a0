import type { Page } from 'playwright-core';
import { expect, test } from '../kit/test';

const places = (page: Page) => page.getByTestId('place').locator('.place-title').allTextContents();
const chosen = (page: Page) => page.locator('[data-testid=place][aria-selected=true] .place-title').textContent();

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId('switch').fill(text);
}

test('a few letters lead to a room, by its name, by its Japanese title, in any width and kana', async ({ harbour }) => {
  const server = await harbour.server();
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'create', cid: 'a', kind: 'public', slug: 'design', title: 'デザイン部' });
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('dev-ops');
  await hana.createRoom('garden');
  const { page } = hana;
  for (const [typed, slug] of [['dops', 'dev-ops'], ['GARD', 'garden'], ['ﾃﾞｻﾞ', 'design'], ['lob', 'lobby'], ['でざいん', 'design']] as const) {
    await type(page, typed);
    await expect.poll(() => chosen(page), { message: typed }).toBe(slug);
    await page.keyboard.press('Enter');
    await expect.poll(() => hana.room(slug).getAttribute('aria-current'), { message: typed }).toBe('page');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
  }
});

test('before anything is typed, what is new comes first, then where one was last; the arrows go round', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  // A room that one only passes is not remembered.
  const remembered = () => hana.page.evaluate(() => JSON.parse(localStorage.getItem('minato.recent.rooms') ?? '[]').length as number);
  for (const [n, slug] of ['a-room', 'b-room', 'c-room'].entries()) {
    await hana.createRoom(slug);
    await expect.poll(remembered).toBe(n + 2);
  }
  await hana.open('a-room');
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'join', cid: 'j', room: '#c-room' });
  await ken.ask({ op: 'send', cid: 's', room: '#c-room', body: 'news' });
  await expect.poll(() => hana.room('c-room').getByTestId('unread').textContent()).toBe('1');
  const { page } = hana;
  await page.keyboard.press('Control+k');
  await expect.poll(() => places(page)).toEqual(['c-room', 'b-room', 'lobby']);
  const field = page.getByTestId('switch');
  for (const [key, title] of [['ArrowDown', 'b-room'], ['ArrowUp', 'c-room'], ['ArrowUp', 'lobby'], ['ArrowDown', 'c-room'], ['End', 'lobby'], ['Home', 'c-room']] as const) {
    await page.keyboard.press(key);
    expect(await chosen(page), key).toBe(title);
    const active = await field.getAttribute('aria-activedescendant');
    await expect.poll(() => page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
  }
  // Its own key closes it as well, and one goes on writing.
  await page.keyboard.press('Control+k');
  await field.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
});

test('in one room only it begins with that one, and not with words of failure', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.page.keyboard.press('Control+k');
  await hana.page.getByTestId('switch').waitFor();
  await expect.poll(() => hana.page.getByTestId('place').allInnerTexts()).toEqual([expect.stringContaining('lobby')]);
  await hana.page.getByTestId('switch').fill('zzz!');
  await expect.poll(() => hana.page.getByRole('dialog').innerText()).toContain('No room and nobody of this name.');
});

test('people are found by name, known or not, and rooms that one is not in are joined', async ({ harbour }) => {
  const server = await harbour.server();
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'send', cid: 's', room: '#lobby', body: 'hi' });
  await ken.ask({ op: 'create', cid: 'c', kind: 'public', slug: 'quay', title: 'quay' });
  await harbour.program(server, '美香');
  const hana = await harbour.person(server, { locale: 'ja-JP' });
  await hana.introduce('hana', 'hello');
  const { page } = hana;
  await type(page, 'ken');
  await expect.poll(() => chosen(page)).toBe('ken');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').textContent()).toContain('ken');
  await type(page, '美香');
  await expect.poll(() => chosen(page)).toBe('美香さんにメッセージを送る');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').textContent()).toContain('美香');
  await type(page, 'quay');
  await expect.poll(() => page.getByTestId('place').first().textContent()).toContain('参加して開く');
  await page.getByTestId('place').first().click();
  await expect.poll(() => hana.room('quay').getAttribute('aria-current')).toBe('page');
  await type(page, 'nobody-here');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('その人は見つかりません。');
});

test('Enter that ends a composition picks nothing', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  await hana.createRoom('庭');
  await hana.open('lobby');
  const { page } = hana;
  await page.keyboard.press('Control+k');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('switch');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'にわ', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
  await expect.poll(() => page.getByTestId('switch').count()).toBe(1);
  await session.send('Input.imeSetComposition', { text: '庭', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.insertText', { text: '庭' });
  await expect.poll(() => chosen(page)).toBe('庭');
  // One that comes right behind the composition is still taken for its end, as Safari sends it.
  await expect.poll(async () => {
    if ((await page.getByTestId('switch').count()) > 0) await page.keyboard.press('Enter');
    return await hana.room('庭').getAttribute('aria-current');
  }).toBe('page');
});
