import { WebKit } from '../kit/webkit';
import type { Harbour } from '../kit/harbour';
import type { MinatoServer } from '../kit/minato-server';
import { expect, test } from '../kit/test';

const enter = '\uE007';

async function webkit(harbour: Harbour, server: MinatoServer): Promise<WebKit> {
  const browser = await WebKit.launch();
  harbour.atEnd(() => browser.close());
  await browser.open(server.url);
  return browser;
}

async function introduce(browser: WebKit, nick: string, text: string): Promise<void> {
  await browser.type('composer', text + enter);
  // What it proposes is selected: typing replaces it.
  await browser.type('name-input', nick);
  await browser.click('name-confirm');
  await expect.poll(() => browser.texts('body')).toContain(text);
}

/**
 * How Safari ends a composition: `compositionend` comes first, and only then the keydown of the Enter that ended it, which says
 * nothing of composing but for its key code, 229 (https://bugs.webkit.org/show_bug.cgi?id=165004).
 */
const endAsSafariDoes = `
  const area = document.querySelector('[data-testid=composer]');
  area.focus();
  area.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  area.value = arguments[0];
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromComposition' }));
  area.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: arguments[0] }));
  const key = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true });
  area.dispatchEvent(key);
  return key.defaultPrevented;`;

test('a conversation between WebKit and Chromium', async ({ harbour }) => {
  const server = await harbour.server();
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hello');
  const hana = await webkit(harbour, server);
  await introduce(hana, '花', 'こんにちは、港！');
  await ken.sees('こんにちは、港！');
  await ken.write('ようこそ');
  await expect.poll(() => hana.texts('body')).toEqual(['hello', 'こんにちは、港！', 'ようこそ']);

  await hana.open('about:blank');
  await hana.open(server.url);
  await expect.poll(() => hana.texts('body')).toEqual(['hello', 'こんにちは、港！', 'ようこそ']);
  await hana.type('composer', `まだ私です${enter}`);
  await ken.sees('まだ私です');
  await expect.poll(() => ken.page.getByTestId('author').allTextContents()).toEqual(['ken', '花', 'ken', '花']);
});

test('Safari’s Enter after a composition does not send; the next one does', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await webkit(harbour, server);
  await introduce(hana, 'hana', 'hello');
  await hana.run(endAsSafariDoes, '今日は');
  await hana.type('composer', '、港');
  expect(await hana.texts('body')).toEqual(['hello']);
  expect(await hana.run('return document.querySelector("[data-testid=composer]").value')).toBe('今日は、港');
  await hana.type('composer', enter);
  await expect.poll(() => hana.texts('body')).toEqual(['hello', '今日は、港']);
});
