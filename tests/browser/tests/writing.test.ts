import type { CDPSession } from 'playwright-core';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

async function compose(session: CDPSession, text: string): Promise<void> {
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

/** An input method takes the key: no character comes of it. */
async function takenEnter(session: CDPSession): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

/** What the page was told about each Enter: so that the test is about composing, not about a key that never came. */
async function watchEnters(person: Person): Promise<() => Promise<boolean[]>> {
  await person.page.evaluate(() => {
    const seen: boolean[] = [];
    Object.assign(window, { enters: seen });
    addEventListener('keydown', (event) => event.key === 'Enter' && seen.push(event.isComposing), true);
  });
  return () => person.page.evaluate(() => (window as unknown as { enters: boolean[] }).enters);
}

test('Enter while composing never sends; Enter after it does', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server(), { locale: 'ja-JP' });
  await hana.introduce('花', 'はじめまして');
  const session = await hana.page.context().newCDPSession(hana.page);
  const enters = await watchEnters(hana);

  await hana.composer.focus();
  await compose(session, 'こんにち');
  await compose(session, '今日');
  await takenEnter(session);
  await session.send('Input.insertText', { text: '今日' });
  await compose(session, 'は');
  await takenEnter(session);
  await session.send('Input.insertText', { text: 'は' });
  expect(await enters()).toEqual([true, true]);
  await expect.poll(() => hana.composer.inputValue()).toBe('今日は');
  await expect.poll(() => hana.messages.count()).toBe(1);

  await hana.composer.press('Enter');
  await hana.sees('今日は', 'ok');
  expect(await enters()).toEqual([true, true, false]);
  await expect.poll(() => hana.composer.inputValue()).toBe('');
});

test('Enter while composing a name does not confirm it', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server(), { locale: 'ja-JP' });
  await hana.write('はじめまして');
  const name = hana.page.getByTestId('name-input');
  await expect.poll(() => name.inputValue()).not.toBe('');
  await name.fill('');
  const session = await hana.page.context().newCDPSession(hana.page);
  const enters = await watchEnters(hana);
  await compose(session, 'はな');
  await takenEnter(session);
  await session.send('Input.insertText', { text: '花' });
  expect(await enters()).toEqual([true]);
  await expect.poll(() => name.inputValue()).toBe('花');
  await expect.poll(() => hana.messages.count()).toBe(0);
  await name.press('Enter');
  await hana.sees('はじめまして', 'ok');
  await expect.poll(() => hana.page.getByTestId('author').allTextContents()).toEqual(['花']);
});

test('Shift+Enter breaks the line, and the line client gets both lines', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const height = async () => (await hana.composer.boundingBox())!.height;
  const before = await height();
  await hana.composer.pressSequentially('one');
  await hana.composer.press('Shift+Enter');
  await hana.composer.pressSequentially('two');
  await expect.poll(() => hana.composer.inputValue()).toBe('one\ntwo');
  expect(await height()).toBeGreaterThan(before);
  await hana.composer.press('Enter');
  await ana.hears('#lobby <hana> one');
  await ana.hears('#lobby <hana> two');
  await expect.poll(() => hana.bodies()).toEqual(['hello', 'one\ntwo']);
  expect(await height()).toBe(before);
});

test('a message over the limit is counted and cannot be sent', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  await hana.composer.fill('港'.repeat(5461));
  await expect.poll(() => hana.page.getByTestId('counter').innerText()).toBe('1 byte left');
  await hana.composer.fill('港'.repeat(5462));
  await expect.poll(() => hana.page.getByTestId('counter').innerText()).toBe('2 bytes too long');
  await expect.poll(() => hana.page.getByTestId('send').isDisabled()).toBe(true);
  await hana.composer.press('Enter');
  await hana.composer.fill('港'.repeat(5461));
  await hana.composer.press('Enter');
  await hana.sees('港'.repeat(5461), 'ok');
  await expect.poll(() => hana.messages.count()).toBe(2);
});
