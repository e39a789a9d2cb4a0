import type { Page } from 'playwright-core';
import type { WsClient } from '../kit/ws-client';
import { expect, test } from '../kit/test';

const results = (page: Page) => page.getByTestId('result');
const note = (page: Page) => page.getByTestId('search-note').textContent();
const marks = (page: Page) => page.locator('.result mark').allTextContents();

async function say(program: WsClient, room: string, ...bodies: string[]): Promise<void> {
  for (const [n, body] of bodies.entries()) await program.ask({ op: 'send', cid: `${room}-${n}`, room, body });
}

async function search(page: Page, text: string): Promise<void> {
  if ((await page.getByTestId('search-pane').isVisible().catch(() => false)) === false) await page.keyboard.press('Control+Shift+F');
  await page.getByTestId('search-input').fill(text);
}

test('what was said is found, newest first with its place and its hits marked, and leads to it', async ({ harbour }) => {
  const server = await harbour.server();
  const ken = await harbour.program(server, 'ken');
  await say(ken, '#lobby', '東京のサーバーを更新します', 'lunch?', 'the server is up');
  await ken.ask({ op: 'create', cid: 'c', kind: 'public', slug: 'dev', title: 'dev' });
  await say(ken, '#dev', 'Servers are expensive');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const { page } = hana;
  await search(page, 'serv');
  await expect.poll(() => marks(page)).toEqual(['Serv', 'serv']);
  expect(await note(page)).toBe('2 messages');
  await page.getByTestId('scope-room').check({ force: true });
  await expect.poll(() => marks(page)).toEqual(['serv']);
  await page.getByTestId('scope-all').check({ force: true });
  await expect.poll(() => results(page).count()).toBe(2);
  // One is not in that room yet: the way there says so.
  await expect.poll(() => results(page).first().textContent()).toContain('Join #dev and open');
  await results(page).first().click();
  await expect.poll(() => hana.room('dev').getAttribute('aria-current')).toBe('page');
  await hana.sees('Servers are expensive');
  // The results stay beside it.
  await expect.poll(() => results(page).count()).toBe(2);
  await search(page, '東京');
  await expect.poll(() => marks(page)).toEqual(['東京']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => hana.room('lobby').getAttribute('aria-current')).toBe('page');
  await page.keyboard.press('Escape');
  await page.getByTestId('search-pane').waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('search');
});

test('nothing found is said with help, and what cannot be looked for in words', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server(), { locale: 'ja-JP' });
  await hana.introduce('hana', 'こんにちは');
  const { page } = hana;
  await search(page, '見当たらない');
  await expect.poll(() => note(page)).toBe('見つかりませんでした。');
  await expect.poll(() => page.getByTestId('search-help').locator('li').count()).toBe(3);
  await search(page, '!?');
  await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual(['検索できる言葉がありません。']);
  await search(page, 'こんにちは');
  await expect.poll(() => marks(page)).toEqual(['こんにちは']);
});

test('while an input method is composing nothing is asked; its end is', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', '港の朝');
  const { page } = hana;
  const asked: string[] = [];
  await page.evaluate(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (this: WebSocket, data: string) {
      if (data.includes('"op":"search"')) document.body.dataset['asked'] = (document.body.dataset['asked'] ?? '') + JSON.parse(data).query + ' ';
      send.call(this, data);
    };
  });
  await page.keyboard.press('Control+Shift+F');
  await page.getByTestId('search-input').waitFor();
  const session = await page.context().newCDPSession(page);
  for (const text of ['み', 'みな', 'みなと']) await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: '港' });
  await expect.poll(() => marks(page)).toEqual(['港']);
  asked.push(...(await page.evaluate(() => document.body.dataset['asked'] ?? '')).trim().split(' '));
  expect(asked).toEqual(['港']);
});

test('more pages come as one scrolls, down to the oldest', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  await say(ken, '#lobby', ...Array.from({ length: 45 }, (_, n) => `harbour ${n}`));
  const hana = await harbour.person(server);
  const { page } = hana;
  await search(page, 'harbour');
  await expect.poll(() => results(page).count()).toBeGreaterThanOrEqual(20);
  await expect.poll(async () => {
    await results(page).last().scrollIntoViewIfNeeded();
    return await results(page).count();
  }).toBe(45);
  await expect.poll(() => results(page).last().locator('.result-text').textContent()).toBe('harbour 0');
  await expect.poll(() => note(page)).toBe('45 messages');
});

test('on a phone the results lie over the room, and back leads to them', async ({ harbour }) => {
  const server = await harbour.server();
  const ken = await harbour.program(server, 'ken');
  await say(ken, '#lobby', 'the tide comes', 'nothing', 'the tide goes');
  const hana = await harbour.person(server, { viewport: { width: 390, height: 780 } });
  const { page } = hana;
  await page.getByTestId('search').click();
  await page.getByTestId('search-input').fill('tide');
  await expect.poll(() => results(page).count()).toBe(2);
  await results(page).nth(1).click();
  await page.getByTestId('search-pane').waitFor({ state: 'hidden' });
  await hana.sees('the tide comes');
  await page.goBack();
  await page.getByTestId('search-pane').waitFor();
  await expect.poll(() => results(page).count()).toBe(2);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('the tide comes');
  await page.goBack();
  await page.getByTestId('search-pane').waitFor({ state: 'hidden' });
  await hana.sees('the tide comes');
});

test('the last queries are offered again, cleared when asked, and gone with a log-out', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const hana = await harbour.owner(server, 'hana');
  const { page } = hana;
  await hana.write('the tide comes');
  await hana.sees('the tide comes', 'ok');
  for (const query of ['tide', '潮']) {
    await search(page, query);
    await page.keyboard.press('Enter');
  }
  await search(page, '');
  await expect.poll(() => page.getByTestId('last-query').allTextContents()).toEqual(['潮', 'tide']);
  await page.getByTestId('last-query').nth(1).click();
  await expect.poll(() => marks(page)).toEqual(['tide']);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('minato.recent.')).sort());
  await expect.poll(kept).toEqual(['minato.recent.queries', 'minato.recent.rooms']);
  await search(page, '');
  await page.getByTestId('forget-queries').click();
  expect(await kept()).toEqual(['minato.recent.rooms']);
  await page.getByTestId('search-input').fill('tide');
  await page.keyboard.press('Enter');
  await hana.settings('account');
  await page.getByTestId('log-out').click();
  await hana.door.waitFor();
  expect(await kept()).toEqual([]);
  // Nor does anything stand open for whoever comes next.
  await hana.logIn('hana', 'hana and a password');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => results(page).count()).toBe(0);
});
