import { focused, seqOf, two } from '../kit/conversation';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

test('what there is to do with a message is offered beside it, and what one may not do is not', async ({ harbour }) => {
  const { hana } = await two(harbour);
  await hana.message('from ana').hover();
  await hana.message('from ana').getByTestId('reply').waitFor();
  await expect.poll(() => hana.message('from ana').getByTestId('edit').count()).toBe(0);
  await hana.message('from hana').hover();
  await hana.message('from hana').getByTestId('edit').waitFor();
  await hana.message('from ana').getByTestId('message-acts').click();
  const menu = hana.page.getByTestId('message-menu');
  await expect.poll(() => menu.getByRole('menuitem').allInnerTexts()).toEqual(['Reply', 'Reply in a thread', 'Copy text', 'Copy link', 'Pin to this room', 'About ana', 'Report or block…']);
  await hana.page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
});

test('what comes under a pointer at rest has no tools until it is moved', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  await hana.message('from hana').hover();
  await hana.message('from hana').getByTestId('reply').waitFor();
  for (const words of ['one more', 'and another']) await ana.write(words);
  await expect.poll(() => hana.log.locator('.message:hover').allInnerTexts()).toEqual([expect.stringMatching(/one more|and another/u)]);
  expect(await hana.log.getByTestId('reply').count()).toBe(0);
  const { x, y, height } = (await hana.log.locator('.message:hover').boundingBox())!;
  await hana.page.mouse.move(x + 200, y + height / 2);
  await hana.log.locator('.message:hover').getByTestId('reply').waitFor();
});

test('on a phone a finger that rests on a message opens its menu, in Japanese', async ({ harbour }) => {
  const { server } = await two(harbour);
  const ken = await harbour.person(server, { locale: 'ja-JP', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const box = (await ken.message('from ana').getByTestId('body').boundingBox())!;
  const session = await ken.page.context().newCDPSession(ken.page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }] });
  const menu = ken.page.getByTestId('message-menu');
  await menu.waitFor();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => menu.getByRole('menuitem').allInnerTexts()).toEqual(['返信', 'スレッドで返信', 'テキストをコピー', 'リンクをコピー', 'anaさんのプロフィール', '報告・ブロック…']);
  // It rises from the bottom.
  await expect.poll(async () => {
    const { y = 0, height = 0 } = (await menu.boundingBox()) ?? {};
    return Math.round(y + height);
  }).toBe(844);
});

test('the log is one stop for Tab; arrows lead from message to message, into what there is to do, and Escape back', async ({ harbour }) => {
  const { hana } = await two(harbour);
  await hana.write('see https://example.org');
  await hana.sees('see https://example.org', 'ok');
  const { keyboard } = hana.page;
  await hana.page.getByTestId('attach').focus();
  await keyboard.press('Shift+Tab');
  await expect.poll(() => focused(hana)).toBe('log');
  await keyboard.press('ArrowUp');
  const label = () => hana.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(await label()).toMatch(/^hana, \d+:\d\d [AP]M: see https:\/\/example.org$/u);
  await keyboard.press('Home');
  expect(await label()).toMatch(/^ana, .*: from ana$/u);
  await keyboard.press('ArrowDown');
  expect(await label()).toMatch(/: from hana$/u);
  await keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('quick-react');
  for (let i = 0; i < 3; i++) await keyboard.press('ArrowRight');
  expect(await focused(hana)).toBe('react');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Enter');
  await expect.poll(() => hana.message('from hana').getByTestId('reaction').count()).toBe(1);
  expect(await focused(hana), 'the reaction takes nothing of the focus').toBe('quick-react');
  await keyboard.press('Escape');
  expect(await label()).toMatch(/: from hana$/u);
  await keyboard.press('Tab');
  expect(await focused(hana)).toBe('attach');
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowUp');
  await keyboard.press('Shift+Tab');
  expect(['log', 'message', 'reaction']).not.toContain(await focused(hana));
});

test('by keyboard ⋯ begins at its first entry, and the arrows go round', async ({ harbour }) => {
  const { hana } = await two(harbour);
  const { keyboard } = hana.page;
  await hana.message('from hana').getByTestId('message-acts').focus();
  await keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('menu-reply');
  await keyboard.press('ArrowUp');
  expect(await focused(hana)).toBe('delete');
  await keyboard.press('ArrowDown');
  expect(await focused(hana)).toBe('menu-reply');
  await keyboard.press('End');
  expect(await focused(hana)).toBe('delete');
  await hana.page.getByTestId('menu-react').first().focus();
  await keyboard.press('ArrowUp');
  expect(await focused(hana), 'also from the reactions').toBe('delete');
  await keyboard.press('Home');
  await keyboard.press('Escape');
  await hana.message('from ana').getByTestId('message-acts').focus();
  await keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('menu-reply');
  for (const _ of [1, 2]) await keyboard.press('ArrowUp');
  expect(await focused(hana)).toBe('about-author');
  await keyboard.press('Enter');
  await hana.page.getByTestId('profile-card').waitFor();
  await keyboard.press('Escape');
  await hana.page.getByTestId('profile-card').waitFor({ state: 'detached' });
  await expect.poll(() => focused(hana), { message: 'and one goes on from there' }).toBe('message-acts');
});

test('what is said of a message hides nothing: the toolbar little of the one above, “copied” nothing of the toolbar', async ({ harbour }) => {
  const { hana } = await two(harbour);
  await harbour.clipboard();
  const rows = hana.log.getByTestId('message');
  for (const at of [0, 1]) {
    const row = rows.nth(at);
    await hana.act(row, 'copy-link');
    await row.hover();
    await row.getByTestId('quick-react').first().waitFor();
    expect(await row.getByTestId('quick-react').first().evaluate((emoji) => getComputedStyle(emoji).fontFamily), 'no text font draws it').toMatch(/^"Apple Color Emoji"/u);
    const box = async (locator: ReturnType<Person['page']['locator']>) => (await locator.boundingBox())!;
    const [tools, copied, own] = [await box(row.locator('.message-tools')), await box(row.getByTestId('copied')), await box(row)];
    expect(own.y - tools.y).toBeLessThan(10);
    expect(copied.y >= tools.y + tools.height || copied.y + copied.height <= tools.y, `row ${at}`).toBe(true);
  }
});

test('a reaction is shown at once, seen by others, and taken back by a second press', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  await hana.message('from ana').hover();
  await hana.message('from ana').getByTestId('quick-react').first().click();
  const hers = hana.message('from ana').getByTestId('reaction');
  await expect.poll(() => hers.innerText()).toMatch(/👍\s*1/u);
  await expect.poll(() => hers.getAttribute('aria-pressed')).toBe('true');
  const anas = ana.message('from ana').getByTestId('reaction');
  await anas.click();
  await expect.poll(() => hers.getAttribute('aria-label')).toBe('👍, 2 people, you among them');
  await hers.click();
  await expect.poll(() => anas.innerText()).toMatch(/👍\s*1/u);
  await expect.poll(() => hers.getAttribute('aria-pressed')).toBe('false');
});

test('any emoji is found by a word in either language, chosen by keyboard, with a skin tone, and remembered', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const { keyboard } = hana.page;
  await hana.act(hana.message('from ana'), 'menu-pick');
  await expect.poll(() => focused(hana)).toBe('picker-search');
  await keyboard.type('らーめん');
  await expect.poll(() => hana.page.getByTestId('emoji').first().innerText()).toBe('🍜');
  await keyboard.press('Enter');
  await expect.poll(() => ana.message('from ana').getByTestId('reaction').innerText()).toMatch(/🍜\s*1/u);

  await hana.act(hana.message('from ana'), 'menu-pick');
  await hana.page.getByTestId('tone-5').click();
  await hana.page.getByTestId('picker-search').fill('waving hand');
  await expect.poll(() => hana.page.getByTestId('emoji').first().innerText()).toBe('👋🏿');
  await hana.page.getByTestId('picker-search').press('ArrowDown');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Enter');
  await expect.poll(() => ana.message('from ana').getByTestId('reaction').last().innerText()).toMatch(/👋🏿\s*1/u);
  await hana.page.getByTestId('picker').waitFor({ state: 'detached' });

  await hana.page.reload();
  await hana.act(hana.message('from hana'), 'menu-pick');
  await expect.poll(async () => (await hana.page.getByTestId('emoji').allInnerTexts()).slice(0, 2)).toEqual(['👋🏿', '🍜']);
});

test('↑ in the empty composer edits the last message where it stands; Escape leaves it, Enter saves it', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const seq = await seqOf(hana, 'from hana');
  const { keyboard } = hana.page;
  await hana.composer.focus();
  await keyboard.press('ArrowUp');
  await expect.poll(() => focused(hana)).toBe('edit-text');
  await keyboard.type(', twice');
  await keyboard.press('Escape');
  await expect.poll(() => focused(hana)).toBe('composer');
  await hana.sees('from hana');
  await keyboard.press('ArrowUp');
  await expect.poll(() => hana.page.getByTestId('edit-text').inputValue()).toBe('from hana');
  await keyboard.type(', at last');
  await keyboard.press('Enter');
  await expect.poll(() => hana.at(seq).getByTestId('body').innerText()).toBe('from hana, at last edited');
  await expect.poll(() => ana.at(seq).getByTestId('body').innerText()).toBe('from hana, at last edited');
  await expect.poll(() => ana.at(seq).locator('.edited').getAttribute('title')).toMatch(/^Edited .*2\d\d\d/u);
  await expect.poll(() => focused(hana)).toBe('composer');
});

test('an edit under way survives a reload, and one that is refused says so and can be tried again', async ({ harbour }) => {
  const { server, hana } = await two(harbour);
  const seq = await seqOf(hana, 'from hana');
  await hana.act(hana.at(seq), 'menu-edit');
  await hana.page.getByTestId('edit-text').fill('half a sen');
  await hana.page.reload();
  const text = hana.page.getByTestId('edit-text');
  await expect.poll(() => text.inputValue()).toBe('half a sen');
  // Elsewhere she deletes it meanwhile.
  const elsewhere = await harbour.visitor(server, hana.page.context());
  await elsewhere.page.getByTestId('edit-cancel').click();
  await elsewhere.act(elsewhere.at(seq), 'delete');
  await expect.poll(() => elsewhere.at(seq).getByTestId('body').innerText()).toBe('This message was deleted.');
  await text.press('Enter');
  await expect.poll(() => hana.at(seq).getByTestId('act-refused').innerText()).toContain('Not changed – There is no such message.');
  await expect.poll(() => text.inputValue()).toBe('half a sen');
});

test('a deletion is undone for five seconds, and then seen by all', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const seq = await seqOf(hana, 'from hana');
  await hana.act(hana.at(seq), 'delete');
  const going = hana.at(seq).getByTestId('going');
  await expect.poll(() => going.innerText()).toBe('Message deleted. Undo');
  await expect.poll(() => going.getAttribute('role')).toBe('status');
  await hana.page.getByTestId('undo-delete').click();
  await hana.sees('from hana', 'ok');
  await hana.act(hana.at(seq), 'delete');
  await expect.poll(() => ana.at(seq).getByTestId('body').innerText()).toBe('This message was deleted.');
  await expect.poll(() => hana.at(seq).getByTestId('body').innerText()).toBe('This message was deleted.');
});

test('a deletion is not lost by closing the page, and one that was undone is not done by it', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  await hana.write('stays');
  await hana.sees('stays', 'ok');
  const [gone, stays] = [await seqOf(hana, 'from hana'), await seqOf(hana, 'stays')];
  await hana.act(hana.at(stays), 'delete');
  await hana.page.getByTestId('undo-delete').click();
  await hana.act(hana.at(gone), 'delete');
  await hana.page.close({ runBeforeUnload: false });
  await expect.poll(() => ana.at(gone).getByTestId('body').innerText()).toBe('This message was deleted.');
  await expect.poll(() => ana.at(stays).getByTestId('body').innerText()).toBe('stays');
});

test('pinned messages are listed newest first for all, live, and lead to their place', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const [first, second] = [await seqOf(hana, 'from ana'), await seqOf(hana, 'from hana')];
  await ana.page.getByTestId('pins-open').click();
  await expect.poll(() => ana.page.getByTestId('pins').innerText()).toContain('Nothing is pinned here.');
  await hana.act(hana.at(first), 'pin');
  await expect.poll(() => hana.at(first).getByTestId('body').innerText()).toMatch(/Pinned$/u);
  await hana.act(hana.at(second), 'pin');
  const pinned = ana.page.getByTestId('pinned');
  await expect.poll(() => pinned.locator('.body').allInnerTexts()).toEqual(['from hana', 'from ana']);
  await pinned.last().getByTestId('jump').click();
  await expect.poll(() => new URL(ana.page.url()).hash).toBe(`#lobby/${first}`);
  await pinned.first().getByTestId('unpin').click();
  await expect.poll(() => pinned.locator('.body').allInnerTexts()).toEqual(['from ana']);
  await ana.page.keyboard.press('Escape');
  await ana.page.getByTestId('pins').waitFor({ state: 'detached' });
});
