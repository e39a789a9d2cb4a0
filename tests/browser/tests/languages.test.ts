import type { Page } from 'playwright-core';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

/** Names and marks that are the same in every language, and the offer of the other one. */
const nobodysWords = /^(?:Minato|港|English|日本語|lobby|hana|quay-1|\d+|\d\d?:\d\d|⋯|hana[,、] ?\d\d?:\d\d[:、] ?はじめまして)$/u;

/** Every text that the page itself says: not what people wrote. */
async function words(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement!;
      if (!parent.closest('noscript, .avatar, .hash, kbd, [data-testid=body]')) found.push(walker.currentNode.textContent!);
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    }
    return found.map((text) => text.trim()).filter(Boolean);
  });
}

/** The page with each of its dialogs, one after the other. */
async function everyWord(person: Person): Promise<string[]> {
  const found: string[] = [];
  await person.write('はじめまして');
  await person.page.getByTestId('name-input').fill('h a n a');
  await person.page.getByTestId('name-confirm').click();
  await person.page.getByRole('alert').waitFor();
  found.push(...await words(person.page));
  await person.page.getByTestId('name-input').fill('hana');
  await person.page.getByTestId('name-confirm').click();
  await person.sees('はじめまして', 'ok');
  for (const opener of ['new-room', 'directory', 'new-direct', 'topic', 'profile', 'settings', 'go-to', 'help-button']) {
    await person.page.getByTestId(opener).click();
    const dialog = person.page.getByRole('dialog');
    await dialog.waitFor();
    if (opener === 'directory') await dialog.locator('.listing li button').first().waitFor();
    found.push(...await words(person.page));
    await person.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  await person.createRoom('quay-1');
  await person.page.getByTestId('people').click();
  await person.page.getByTestId('oneself').click();
  for (const part of ['invite', 'rules'] as const) await person.details(part);
  await person.page.getByTestId('link-make').click();
  await person.page.getByTestId('link-revoke').waitFor();
  await person.page.getByTestId('slow').selectOption('60');
  await person.page.getByTestId('archive').click();
  found.push(...await words(person.page));
  await person.page.locator('[data-testid=archive][data-asked=true]').click();
  await person.page.getByTestId('hushed').waitFor();
  found.push(...await words(person.page));
  await person.open('lobby');
  return found;
}

test('a Japanese browser gets Japanese words, every one', async ({ harbour }) => {
  const person = await harbour.person(await harbour.server(), { locale: 'ja-JP' });
  await expect.poll(() => person.page.locator('html').getAttribute('lang')).toBe('ja');
  const foreign = (await everyWord(person)).filter((text) => !/[ぁ-んァ-ヶ一-龠]/u.test(text) && !nobodysWords.test(text) && !/^guest-/u.test(text));
  expect(foreign).toEqual([]);
  await expect.poll(() => person.page.locator('.day').innerText()).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日|今日/u);
});

test('an English browser gets English words, every one', async ({ harbour }) => {
  const person = await harbour.person(await harbour.server(), { locale: 'en-GB' });
  await expect.poll(() => person.page.locator('html').getAttribute('lang')).toBe('en');
  const foreign = (await everyWord(person)).filter((text) => /[^\x20-\x7e–—“”’…·⌘]/u.test(text) && !nobodysWords.test(text));
  expect(foreign).toEqual([]);
});

test('a browser of neither language gets English', async ({ harbour }) => {
  const person = await harbour.person(await harbour.server(), { locale: 'fi-FI' });
  await expect.poll(() => person.page.locator('html').getAttribute('lang')).toBe('en');
  await expect.poll(() => person.composer.getAttribute('placeholder')).toBe('Message to #lobby');
});

test('the switch changes every word at once, and is remembered', async ({ harbour }) => {
  const person = await harbour.person(await harbour.server());
  const placeholder = () => person.composer.getAttribute('placeholder');
  await person.composer.fill('half written');
  await person.page.getByTestId('language').click();
  await expect.poll(placeholder).toBe('#lobby へのメッセージ');
  await expect.poll(() => person.page.locator('html').getAttribute('lang')).toBe('ja');
  await expect.poll(() => person.composer.inputValue()).toBe('half written');
  await expect.poll(() => person.page.getByTestId('language').innerText()).toBe('English');
  await person.page.reload();
  await expect.poll(placeholder).toBe('#lobby へのメッセージ');
  await person.page.getByTestId('language').click();
  await expect.poll(placeholder).toBe('Message to #lobby');
  await expect.poll(() => person.page.locator('html').getAttribute('lang')).toBe('en');
});
