import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const focused = (person: Person) => person.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['slug'] ?? document.activeElement?.getAttribute('data-testid'));
const names = (person: Person, section: 'rooms' | 'directs') => person.page.locator(`#list-${section} .room-name`).allTextContents();

test('the list of rooms is one tab stop: arrows, Home, End and letters go through it', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  for (const slug of ['garden', 'デザイン', 'dev']) await hana.createRoom(slug);
  await expect.poll(() => hana.page.locator('.room-entry[tabindex="0"]').count()).toBe(1);
  const { keyboard } = hana.page;
  await hana.room('dev').focus();
  for (const [key, slug] of [['ArrowDown', 'garden'], ['End', 'デザイン'], ['ArrowDown', 'デザイン'], ['Home', 'lobby'], ['g', 'garden']] as const) {
    await keyboard.press(key);
    expect(await focused(hana), key).toBe(slug);
  }
  await expect.poll(() => hana.room('garden').getAttribute('tabindex')).toBe('0');
  await expect.poll(() => hana.page.locator('.room-entry[tabindex="0"]').count()).toBe(1);
  await keyboard.press('Enter');
  await expect.poll(() => hana.room('garden').getAttribute('aria-current')).toBe('page');
});

test('direct rooms stand by their last message, also after a reload; nothing moves under a hand', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const rooms: Record<string, string> = {};
  const people = Object.fromEntries(await Promise.all(['ken', 'mika', 'taro'].map(async (nick) => [nick, await harbour.program(server, nick)] as const)));
  const says = async (nick: string, cid: string) => people[nick]!.ask({ op: 'send', cid, room: rooms[nick]!, body: `${cid} of ${nick}` });
  for (const nick of ['ken', 'mika', 'taro']) {
    rooms[nick] = (await people[nick]!.ask({ op: 'direct', cid: 'd', user: 'hana' }))['room'] as string;
    await says(nick, 'first');
  }
  await expect.poll(() => names(hana, 'directs')).toEqual(['taro', 'mika', 'ken']);
  await says('ken', 'second');
  await expect.poll(() => names(hana, 'directs')).toEqual(['ken', 'taro', 'mika']);
  await hana.page.reload();
  await hana.composer.waitFor();
  await expect.poll(() => names(hana, 'directs')).toEqual(['ken', 'taro', 'mika']);
  await hana.page.locator('#list-directs .room-entry').nth(1).focus();
  await says('mika', 'second');
  await expect.poll(() => hana.page.locator('#list-directs [data-testid=unread]').allTextContents()).toEqual(['2', '1', '2']);
  expect(await names(hana, 'directs')).toEqual(['ken', 'taro', 'mika']);
  await hana.composer.focus();
  await expect.poll(() => names(hana, 'directs')).toEqual(['mika', 'ken', 'taro']);
});

test('a folded section keeps what is unread or open in sight, and stays folded', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  for (const slug of ['a-room', 'b-room']) await hana.createRoom(slug);
  const fold = hana.page.getByTestId('fold-rooms');
  await fold.click();
  await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false');
  await expect.poll(() => names(hana, 'rooms')).toEqual(['b-room']);
  await hana.page.reload();
  await hana.composer.waitFor();
  await expect.poll(() => names(hana, 'rooms')).toEqual(['b-room']);
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'join', cid: 'j', room: '#a-room' });
  await ken.ask({ op: 'send', cid: 's', room: '#a-room', body: 'news' });
  await expect.poll(() => names(hana, 'rooms')).toEqual(['a-room', 'b-room']);
  await fold.click();
  await expect.poll(() => names(hana, 'rooms')).toEqual(['lobby', 'a-room', 'b-room']);
});

test('a room with a draft says so, once one has left it', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.composer.fill('roses are');
  expect(await hana.room('garden').innerText()).not.toContain('draft');
  await hana.open('lobby');
  await expect.poll(() => hana.room('garden').textContent()).toContain('draft');
  await hana.open('garden');
  await expect.poll(() => hana.composer.inputValue()).toBe('roses are');
  await hana.composer.fill('');
  await hana.open('lobby');
  expect(await hana.room('garden').textContent()).not.toContain('draft');
});

test.for([
  ['en-US', ['Mark as read', 'Copy link', 'Leave the room']],
  ['ja-JP', ['既読にする', 'リンクをコピー', 'ルームを退出']],
] as const)('what can be done with a room hangs on its entry, by mouse and by keyboard, in %s', async ([locale, words], { harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { locale, permissions: ['clipboard-read', 'clipboard-write'] });
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.open('lobby');
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'join', cid: 'j', room: '#garden' });
  await ken.ask({ op: 'send', cid: 's', room: '#garden', body: 'news' });
  const { page } = hana;
  await expect.poll(() => page.getByTestId('unread').count()).toBe(1);
  const menu = page.getByTestId('room-menu');
  await hana.room('garden').click({ button: 'right' });
  await menu.waitFor();
  await expect.poll(() => menu.getByRole('button').allTextContents()).toEqual([...words]);
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByTestId('unread').count()).toBe(0);
  expect(await focused(hana)).toBe('garden');

  await page.keyboard.press('Shift+F10');
  await menu.waitFor();
  expect(await focused(hana)).toBe('copy-link');
  await harbour.clipboard();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.url}/#garden`);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  expect(await focused(hana)).toBe('garden');

  await hana.room('garden').hover();
  await page.getByTestId('room-more').nth(1).click();
  await hana.really('menu-leave');
  await hana.room('garden').waitFor({ state: 'detached' });
});

test('unread rooms beyond the edge of the list are told, and led to', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  for (let n = 10; n < 50; n++) await ken.ask({ op: 'create', cid: `c${n}`, kind: 'public', slug: `room-${n}`, title: `room-${n}` });
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await ken.ask({ op: 'nick', cid: 'n', nick: 'kenji' });
  const joining = hana.page.getByTestId('directory-enter');
  for (const slug of Array.from({ length: 30 }, (_, n) => `room-${n + 20}`)) {
    await hana.page.getByTestId('directory').click();
    await joining.and(hana.page.locator(`[data-slug="${slug}"]`)).click();
    await expect.poll(() => hana.room(slug).getAttribute('aria-current')).toBe('page');
  }
  await hana.open('lobby');
  await ken.ask({ op: 'send', cid: 's', room: '#room-49', body: 'far below' });
  const below = hana.page.getByTestId('unread-below');
  await below.waitFor();
  await below.click();
  await below.waitFor({ state: 'detached' });
  await expect.poll(() => hana.room('room-49').isVisible()).toBe(true);
  await expect.poll(() => hana.page.getByTestId('unread-above').count()).toBe(0);
});
