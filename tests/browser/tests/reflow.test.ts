import type { Page } from 'playwright-core';
import { settled } from '../kit/settled';
import { expect, test } from '../kit/test';

/** Elements that stick out of the page, or that hold more than they let one see without saying so (WCAG 1.4.10). */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll<HTMLElement>('#app *')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('.unseen, .tabs, [inert]') === null)
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const clipped = element.parentElement!.closest('.room-name, .topic, h1, h2, .author, .listing-text, .person > span') !== null;
        return width > 0 && !clipped && (right > wide + 1 || left < -1);
      })
      .map((element) => `${element.tagName}.${element.className}`);
  });
}

const long = 'あ'.repeat(21);
const words = ['w'.repeat(400), `https://example.org/${'x'.repeat(300)}`, '東京特許許可局'.repeat(30), 'שלום עולם, hello', 'مرحبا بالعالم'];

// 320 px are also what is left of 640 at 200 % and of 1,280 at 400 %.
test.for([[320, 568], [320, 256], [360, 740], [430, 932], [640, 400], [768, 1024], [1024, 768], [1280, 800]] as const)('nothing is cut off or wider than the page at %i × %i', async ([width, height], { harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { viewport: { width, height } });
  await hana.introduce(long, 'hello');
  const bo = await harbour.program(server, 'b'.repeat(64));
  await bo.ask({ op: 'create', cid: 'c', kind: 'public', slug: `${'r'.repeat(60)}`, title: 'A title that goes on '.repeat(5) });
  await bo.ask({ op: 'join', cid: 'j', room: '#lobby' });
  for (const [i, body] of words.entries()) await bo.ask({ op: 'send', cid: `s${i}`, room: '#lobby', body });
  await hana.sees(words.at(-1)!);
  const { page } = hana;
  const fits = async (view: string) => {
    await settled(page);
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth]), view).toEqual([width, width]);
    expect(await stickingOut(page), view).toEqual([]);
  };
  await fits('the conversation');
  const composer = (await hana.composer.boundingBox())!;
  expect(composer.y + composer.height).toBeLessThanOrEqual(height);
  expect(await hana.log.evaluate((log) => [log.scrollWidth - log.clientWidth, log.clientHeight > 60])).toEqual([0, true]);

  await page.getByTestId('people').click();
  await page.getByTestId('details').waitFor();
  await fits('the details');
  await page.keyboard.press('Escape');
  if (await page.getByTestId('menu').isVisible()) await page.getByTestId('menu').click();
  await page.getByTestId('directory').click();
  await page.locator('dialog[open] [data-testid=directory-enter]').first().waitFor();
  await fits('the directory');
});

test('every message runs in its own direction, and a name turns nothing round outside itself', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { viewport: { width: 800, height: 600 } });
  const bo = await harbour.program(server, 'مريم');
  await bo.ask({ op: 'join', cid: 'j', room: '#lobby' });
  await bo.ask({ op: 'send', cid: 's1', room: '#lobby', body: 'مرحبا، hello!' });
  await bo.ask({ op: 'send', cid: 's2', room: '#lobby', body: 'hello\nשלום' });
  await hana.sees('مرحبا، hello!');
  /** Where the first and the last letter of each line stand: a line that begins further right than it ends runs to the left. */
  const sides = (body: string) => hana.message(body).getByTestId('body').evaluate((element) => {
    const box = element.getBoundingClientRect();
    const text = element.firstChild as Text;
    return text.data.split('\n').map((line) => {
      const range = new Range();
      range.setStart(text, text.data.indexOf(line));
      range.setEnd(text, text.data.indexOf(line) + line.length);
      const { left, right } = range.getBoundingClientRect();
      return box.right - right < left - box.left ? 'right' : 'left';
    });
  });
  expect(await sides('مرحبا، hello!')).toEqual(['right']);
  await expect.poll(() => hana.bodies()).toContain('hello\nשלום');
  const second = hana.messages.nth(1).getByTestId('body');
  expect(await second.evaluate((element) => {
    const lines = [...element.childNodes].flatMap((node) => {
      const range = new Range();
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
    const box = element.getBoundingClientRect();
    return lines.filter(({ width }) => width > 1).map(({ left }) => (left - box.left > 50 ? 'right' : 'left'));
  })).toEqual(['left', 'right']);
  const author = hana.page.getByTestId('author').first();
  const [name, time] = [(await author.boundingBox())!, (await hana.page.locator('.byline time').first().boundingBox())!];
  expect(name.x + name.width).toBeLessThanOrEqual(time.x);

  await hana.details();
  const person = hana.page.locator('.person').filter({ hasText: 'مريم' });
  const gap = () => person.evaluate((person) => {
    const range = new Range();
    range.selectNodeContents(person.querySelector('.person-name')!);
    return range.getBoundingClientRect().left - person.querySelector('.avatar')!.getBoundingClientRect().right;
  });
  await expect.poll(gap, { message: 'a name stands beside its picture' }).toBeLessThan(20);
});
