import type { CDPSession } from 'playwright-core';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const completion = (person: Person) => person.page.getByTestId('completion');
const proposed = (person: Person) => completion(person).locator('.label').allTextContents();
const text = (person: Person) => person.composer.inputValue();

async function compose(session: CDPSession, text: string): Promise<void> {
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

/** An input method takes the key. */
async function takenEnter(session: CDPSession): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

test('@ completes people by keys and by pointer, and undo takes it back', async ({ harbour }) => {
  const server = await harbour.server();
  (await harbour.line(server, 'hanako')).say('/join #lobby', 'hello');
  (await harbour.line(server, 'harold')).say('/join #lobby', 'hi');
  const ana = await harbour.person(server);
  await ana.introduce('ana', 'here');
  await ana.sees('hello');
  await ana.sees('hi');
  await ana.composer.pressSequentially('well @ha');
  await expect.poll(async () => (await proposed(ana)).sort()).toEqual(['hanako', 'harold']);
  const first = (await proposed(ana))[0];
  await ana.composer.press('ArrowDown');
  await ana.composer.press('ArrowUp');
  await ana.composer.press('Enter');
  expect(await text(ana)).toBe(`well @${first} `);
  await expect.poll(() => completion(ana).count()).toBe(0);
  await ana.composer.pressSequentially('and @haro');
  await completion(ana).getByText('harold').click();
  expect(await text(ana)).toBe(`well @${first} and @harold `);
  await ana.composer.press('Control+z');
  expect(await text(ana)).toBe(`well @${first} and @haro`);
  await ana.composer.press('Escape');
  await ana.composer.press('Enter');
  await expect.poll(() => ana.page.getByTestId('mention').allTextContents()).toEqual([`@${first}`]);
});

test('completion works behind Japanese without a space, by wide signs, and never while composing', async ({ harbour }) => {
  const server = await harbour.server();
  (await harbour.line(server, '花子')).say('/join #lobby', 'やあ');
  const ana = await harbour.person(server, { locale: 'ja-JP' });
  await ana.introduce('あな', 'こんにちは');
  const session = await ana.page.context().newCDPSession(ana.page);
  await ana.composer.focus();
  await session.send('Input.insertText', { text: 'はい＠' });
  await expect.poll(() => proposed(ana)).toEqual(['花子', '@everyone']);
  await compose(session, 'はな');
  await expect.poll(() => completion(ana).count()).toBe(0);
  await compose(session, '花');
  await takenEnter(session);
  await session.send('Input.insertText', { text: '花' });
  await expect.poll(() => proposed(ana)).toEqual(['花子']);
  await expect.poll(() => ana.messages.count()).toBe(2);
  await ana.composer.press('Tab');
  expect(await text(ana)).toBe('はい@花子 ');
  await session.send('Input.insertText', { text: 'おめでとう:ta' });
  await expect.poll(() => proposed(ana)).toContain(':tada:');
  await ana.composer.pressSequentially('da');
  await ana.composer.press('Enter');
  expect(await text(ana)).toBe('はい@花子 おめでとう🎉');
  // A sentence goes on behind a colon: Enter is for the message.
  await session.send('Input.insertText', { text: '場所：東京' });
  await expect.poll(() => completion(ana).count()).toBe(1);
  await ana.composer.press('Enter');
  await ana.sees('はい@花子 おめでとう🎉場所：東京', 'ok');
});

test('# completes rooms, and a shortcode that is written out becomes its sign', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.introduce('ana', 'here');
  await ana.createRoom('garden');
  await ana.composer.pressSequentially('see #lob');
  await expect.poll(() => proposed(ana)).toEqual(['lobby']);
  await ana.composer.press('Enter');
  await ana.composer.pressSequentially('later :ta');
  await expect.poll(() => completion(ana).count()).toBe(1);
  await ana.composer.pressSequentially('da:');
  await expect.poll(() => text(ana)).toBe('see #lobby later 🎉');
  await ana.composer.press('Enter');
  await ana.sees('see #lobby later 🎉', 'ok');
  await ana.page.getByTestId('room-link').click();
  await expect.poll(() => ana.room('lobby').getAttribute('aria-current')).toBe('page');
});

test('what stands behind a slash is done, hinted at, and explained where it cannot be', async ({ harbour }) => {
  const server = await harbour.server();
  const bob = await harbour.line(server, 'bob');
  bob.say('/join #lobby', 'hello');
  const ana = await harbour.person(server);
  await ana.introduce('ana', 'here');
  const wrong = ana.page.getByTestId('composer-wrong');
  await ana.composer.pressSequentially('/to');
  await expect.poll(() => proposed(ana)).toEqual(['/topic text']);
  await ana.composer.press('Enter');
  expect(await text(ana)).toBe('/topic ');
  await expect.poll(() => ana.page.getByTestId('command-hint').textContent()).toContain('set this room’s topic');
  await ana.composer.press('Enter');
  await expect.poll(() => wrong.textContent()).toBe('Something is missing: /topic text');
  await ana.write('/shrug');
  await expect.poll(() => wrong.textContent()).toContain('//shrug');
  expect(await text(ana)).toBe('/shrug');
  await ana.write('//shrug');
  await ana.sees('/shrug', 'ok');
  await ana.write('/me waves');
  await bob.hears('#lobby <ana> _waves_');
  await expect.poll(() => ana.page.locator('.body em').textContent()).toBe('waves');
  await ana.write('/nick anna');
  await expect.poll(() => ana.page.getByTestId('author').last().textContent()).toBe('anna');
  expect(await text(ana)).toBe('');
  await ana.write('/join #nowhere');
  await expect.poll(() => wrong.textContent()).toBe('There is no such room.');
  await ana.write('/msg bob psst');
  await bob.hears(/<anna> psst$/u);
  await expect.poll(() => ana.bodies()).toEqual(['psst']);
  await ana.write('/help');
  await expect.poll(async () => (await proposed(ana)).length).toBe(8);
});

test('a fence makes Enter break the line, and the setting swaps what Enter does', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.introduce('ana', 'here');
  await ana.composer.pressSequentially('```ts');
  await ana.composer.press('Enter');
  await ana.composer.pressSequentially('let a;');
  await ana.composer.press('Enter');
  await ana.composer.pressSequentially('```');
  expect(await text(ana)).toBe('```ts\nlet a;\n```');
  await ana.composer.press('Enter');
  await expect.poll(() => ana.page.getByTestId('code').locator('code').textContent()).toBe('let a;');
  await expect.poll(() => ana.page.locator('.hl-keyword').textContent()).toBe('let');

  await ana.page.getByTestId('settings').click();
  await ana.page.locator('summary').filter({ hasText: 'Writing' }).click();
  await ana.page.getByTestId('enter-choice').selectOption('breaks');
  await ana.page.keyboard.press('Escape');
  await ana.page.reload();
  await ana.composer.pressSequentially('one');
  await ana.composer.press('Enter');
  await ana.composer.pressSequentially('two');
  await ana.composer.press('Control+Enter');
  await ana.sees('one two', 'ok');
  expect((await ana.bodies()).at(-1)).toBe('one\ntwo');
});

test('Ctrl+B, I and Shift+X put marks around what is selected, and take them away', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.composer.fill('重要');
  for (const [keys, expected] of [['Control+b', '**重要**'], ['Control+i', '***重要***'], ['Control+b', '*重要*'], ['Control+i', '重要'], ['Control+Shift+x', '~~重要~~']] as const) {
    if (keys === 'Control+b' && expected.startsWith('**')) await ana.composer.press('Control+a');
    await ana.composer.press(keys);
    expect(await text(ana)).toBe(expected);
  }
  await ana.composer.press('Control+z');
  expect(await text(ana)).toBe('重要');
});

test('a draft is marked where it waits, and others hear that one writes', async ({ harbour }) => {
  const ana = await harbour.person(await harbour.server());
  await ana.introduce('ana', 'here');
  await ana.createRoom('garden');
  const sent: string[] = [];
  ana.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  await ana.page.reload();
  await ana.composer.pressSequentially('half a sentence');
  await expect.poll(() => sent.filter((frame) => frame.includes('"typing","room"')).length).toBe(1);
  await ana.open('lobby');
  await expect.poll(() => ana.room('garden').getByTestId('draft-mark').count()).toBe(1);
  await ana.page.reload();
  await expect.poll(() => ana.room('garden').getByTestId('draft-mark').count()).toBe(1);
  await ana.open('garden');
  expect(await text(ana)).toBe('half a sentence');
});
