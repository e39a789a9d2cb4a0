import { focused, seqOf, two } from '../kit/conversation';
import { expect, test } from '../kit/test';

test('on a phone a reply is written at once', async ({ harbour }) => {
  const { server } = await two(harbour);
  const ken = await harbour.person(server, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ken.act(ken.message('from ana'), 'menu-reply');
  expect(await focused(ken)).toBe('composer');
});

test('Escape lets a reply be before it does anything else', async ({ harbour }) => {
  const { hana } = await two(harbour);
  await hana.act(hana.message('from ana'), 'menu-reply');
  await hana.page.getByTestId('pins-open').click();
  await hana.page.getByTestId('pane-close').waitFor();
  await hana.composer.first().focus();
  await hana.page.keyboard.press('Escape');
  await hana.page.getByTestId('replying-to').waitFor({ state: 'detached' });
  await expect.poll(() => hana.page.getByTestId('pane-close').count(), { message: 'what is beside stays' }).toBe(1);
  await hana.page.keyboard.press('Escape');
  await hana.page.getByTestId('pane-close').waitFor({ state: 'detached' });
});

test('↑ in a thread edits one’s last message of it', async ({ harbour }) => {
  const { hana } = await two(harbour);
  await hana.act(hana.message('from ana'), 'menu-thread');
  const pane = hana.page.getByTestId('thread');
  await pane.getByTestId('message').filter({ hasText: 'from ana' }).waitFor();
  await pane.getByTestId('composer').fill('an anwser');
  await pane.getByTestId('composer').press('Enter');
  await expect.poll(() => pane.getByTestId('message').filter({ hasText: 'an anwser' }).getAttribute('data-state')).toBe('ok');
  const box = pane.locator('.edit-box textarea');
  // For a frame it is acknowledged and not in the log yet: then there is nothing to edit.
  await expect.poll(async () => {
    if ((await box.count()) === 0) await pane.getByTestId('composer').press('ArrowUp');
    return await box.count();
  }).toBe(1);
  await expect.poll(() => box.inputValue()).toBe('an anwser');
  await box.fill('an answer');
  await box.press('Enter');
  await expect.poll(() => pane.getByTestId('message').filter({ hasText: 'an answer' }).count()).toBe(1);
});

test('a reply quotes what it answers, also over a reload; a click leads there, and what is gone is said', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const seq = await seqOf(hana, 'from ana');
  await hana.act(hana.at(seq), 'menu-reply');
  await expect.poll(() => focused(hana)).toBe('composer');
  await expect.poll(() => hana.page.getByTestId('replying-to').innerText()).toMatch(/^Replying to ana\s+from ana/u);
  await hana.page.reload();
  await hana.page.getByTestId('replying-to').waitFor();
  await hana.write('indeed');
  await ana.sees('indeed');
  await expect.poll(() => hana.page.getByTestId('replying-to').count()).toBe(0);
  const quote = ana.message('indeed').getByTestId('quote');
  await expect.poll(() => quote.innerText()).toMatch(/^ana\s+from ana$/u);
  await quote.click();
  await expect.poll(() => new URL(ana.page.url()).hash).toBe(`#lobby/${seq}`);
  await ana.act(ana.at(seq), 'delete');
  await expect.poll(() => hana.message('indeed').getByTestId('quote').innerText()).toMatch(/^ana\s+This message was deleted\.$/u);

  await hana.act(hana.message('indeed'), 'menu-reply');
  await hana.page.getByTestId('stop-replying').click();
  await expect.poll(() => focused(hana)).toBe('composer');
  await hana.write('no answer to anything');
  await hana.sees('no answer to anything', 'ok');
  await expect.poll(() => hana.message('no answer to anything').getByTestId('quote').count()).toBe(0);
});

test('a thread stands beside the room, is live for all, and gives the focus back', async ({ harbour }) => {
  const { ana, hana } = await two(harbour);
  const seq = await seqOf(hana, 'from ana');
  await hana.at(seq).hover();
  await hana.at(seq).getByTestId('open-thread').click();
  const pane = hana.page.getByTestId('thread');
  await expect.poll(() => pane.getByTestId('thread-count').innerText()).toBe('Nobody has answered yet.');
  await expect.poll(() => hana.page.evaluate(() => document.activeElement?.closest('[data-testid=thread]') !== null)).toBe(true);
  await hana.page.keyboard.type('one');
  await hana.page.keyboard.press('Enter');
  await expect.poll(() => pane.getByTestId('message').filter({ hasText: 'one' }).getAttribute('data-state')).toBe('ok');
  await expect.poll(() => ana.at(seq).getByTestId('replies').innerText()).toMatch(/^1 reply\s+last one/u);
  await ana.at(seq).getByTestId('replies').click();
  await ana.page.getByTestId('thread').getByTestId('composer').fill('two');
  await ana.page.getByTestId('thread').getByTestId('composer').press('Enter');
  await expect.poll(() => pane.getByTestId('body').allInnerTexts()).toEqual(['from ana', 'one', 'two']);
  await expect.poll(() => pane.getByTestId('thread-count').innerText()).toBe('2 replies');
  await expect.poll(() => pane.getByTestId('quote').count()).toBe(0);
  await hana.page.keyboard.press('Escape');
  await pane.waitFor({ state: 'detached' });
  await expect.poll(() => focused(hana)).not.toBe('body');
});

test('of a long thread older pages are fetched, and then its replies are all counted', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  const { room, seq } = await ken.ask({ op: 'send', cid: 'root', room: '#lobby', body: 'root' }) as unknown as { room: string; seq: number };
  for (let i = 1; i <= 70; i++) await ken.ask({ op: 'send', cid: `a${i}`, room, body: `answer ${i}`, replyTo: seq });
  const hana = await harbour.person(server);
  await hana.message('answer 70').hover();
  await hana.message('answer 70').getByTestId('open-thread').click();
  const pane = hana.page.getByTestId('thread');
  await expect.poll(() => pane.getByTestId('message').count()).toBe(50);
  await pane.getByTestId('older-replies').click();
  await expect.poll(() => pane.getByTestId('message').count()).toBe(71);
  await expect.poll(() => pane.getByTestId('thread-count').innerText()).toBe('70 replies');
  await expect.poll(() => pane.getByTestId('older-replies').count()).toBe(0);
});

test('an answer in the pane leaves the log where its reader is', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  const { room, seq } = await ken.ask({ op: 'send', cid: 'root', room: '#lobby', body: 'root' }) as unknown as { room: string; seq: number };
  for (let i = 1; i <= 40; i++) await ken.ask({ op: 'send', cid: `a${i}`, room, body: `post ${i}` });
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'newest');
  await hana.log.evaluate((log) => log.scrollTo({ top: 0, behavior: 'instant' }));
  await hana.page.getByTestId('latest').waitFor();
  await hana.at(seq).hover();
  await hana.at(seq).getByTestId('open-thread').click();
  const pane = hana.page.getByTestId('thread');
  await pane.getByTestId('composer').fill('one');
  await pane.getByTestId('composer').press('Enter');
  await expect.poll(() => pane.getByTestId('message').filter({ hasText: 'one' }).getAttribute('data-state')).toBe('ok');
  await expect.poll(() => hana.page.getByTestId('latest').count()).toBe(1);
  await hana.page.locator('main').getByTestId('composer').fill('two');
  await hana.page.locator('main').getByTestId('composer').press('Enter');
  await hana.page.getByTestId('latest').waitFor({ state: 'detached' });
});

test('on a phone a thread lies over the room', async ({ harbour }) => {
  const { server } = await two(harbour);
  const ken = await harbour.person(server, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ken.act(ken.message('from ana'), 'menu-thread');
  await expect.poll(async () => (await ken.page.getByTestId('thread').boundingBox())?.width).toBe(390);
  expect(await ken.page.locator('main').getAttribute('inert')).not.toBeNull();
  await ken.page.getByTestId('pane-close').click();
  await ken.page.getByTestId('thread').waitFor({ state: 'detached' });
});
