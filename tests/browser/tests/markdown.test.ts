import { expect, test } from '../kit/test';

test('what is written as markdown is seen as what it means', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.introduce('ana', 'here');
  await ana.write('**「強調」**です *it* ~~gone~~ `a*b` ||secret||');
  const body = ana.page.getByTestId('body').last();
  await expect.poll(() => body.locator('strong').textContent()).toBe('「強調」');
  await expect.poll(() => body.locator('em').textContent()).toBe('it');
  await expect.poll(() => body.locator('s').textContent()).toBe('gone');
  await expect.poll(() => body.locator('code').textContent()).toBe('a*b');
  const spoiler = ana.page.getByTestId('spoiler');
  const opacity = () => spoiler.evaluate((element) => getComputedStyle(element.firstElementChild!).opacity);
  await expect.poll(() => ana.messages.last().getAttribute('data-state')).toBe('ok');
  // Its line is another one once the message is in the log.
  await expect.poll(opacity).toBe('0');
  await spoiler.focus();
  await ana.page.keyboard.press('Enter');
  expect(await opacity()).toBe('1');

  await ana.write('1. one\n3. three\n> said\n- a\n  - b');
  await expect.poll(() => ana.page.locator('.body ol li').evaluateAll((items) => items.map((item) => (item as HTMLLIElement).value))).toEqual([1, 3]);
  await expect.poll(() => ana.page.locator('.body blockquote').textContent()).toBe('said');
  await expect.poll(() => ana.page.locator('.body ul ul li').textContent()).toBe('b');
});

test('code is copied as it was written', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ana.introduce('ana', 'here');
  await ana.write('```python\nprint("港")\n\n# 終\n```');
  await ana.page.locator('.hl-string').waitFor();
  await harbour.clipboard();
  await ana.page.getByTestId('copy-code').click();
  await expect.poll(() => ana.page.getByTestId('copy-code').textContent()).toBe('Copied');
  expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toBe('print("港")\n\n# 終');
});

test('no trick makes text, a link or a name seem what it is not', async ({ harbour }) => {
  const server = await harbour.server();
  const mallory = await harbour.program(server, 'аdmin');
  const ana = await harbour.person(server);
  const { rooms } = mallory.frames.find(({ op }) => op === 'welcome') as unknown as { rooms: { id: string }[] };
  let posted = 0;
  const post = (body: string) => mallory.ask({ op: 'send', cid: `post-${posted++}`, room: rooms[0]!.id, body });
  await mallory.ask({ op: 'join', cid: 'join', room: rooms[0]!.id });
  await post('photo\u202Egnp.exe and \u2066x\u2069');
  await post('[https://bank.example](https://evil.example/) https://аpple.com https://bank.example@evil.example');
  await post('<img src=x onerror=alert(1)> [x](javascript:alert(1)) **<b>b</b>**');
  await expect.poll(() => ana.page.getByTestId('hidden-character').allTextContents()).toEqual(['U+202E', 'U+2066', 'U+2069']);
  await expect.poll(() => ana.page.getByTestId('real-place').allTextContents()).toEqual([' (evil.example)', ' (xn--pple-43d.com)', ' (evil.example)']);
  await expect.poll(() => ana.page.getByTestId('look-alike').first().getAttribute('title')).toContain('U+0430');
  for (const link of await ana.page.locator('.body a').all()) {
    await expect.poll(() => link.getAttribute('rel')).toBe('noopener noreferrer');
    await expect.poll(() => link.getAttribute('href')).toMatch(/^https:/u);
  }
  await expect.poll(() => ana.page.locator('.body img, .body b').count()).toBe(0);
  await ana.sees('<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>b</b>');
});
