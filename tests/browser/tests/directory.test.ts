import { expect, test } from '../kit/test';

test.for([
  ['en-US', '2 rooms', 'No room fits. Perhaps it is private, or still to be made.', 'Join'],
  ['ja-JP', '2 件のルーム', '一致するルームがありません。非公開か、まだ作られていないのかもしれません。', '参加'],
] as const)('public rooms are found by name, title and topic, and joined, in %s', async ([locale, two, none, join], { harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ken = await harbour.program(server, 'ken');
  for (const [slug, title, topic] of [['design', 'デザイン部', ''], ['boats', 'Boats', 'Tides and designs'], ['lunch', 'lunch', '昼ごはん']] as const) {
    await ken.ask({ op: 'create', cid: slug, kind: 'public', slug, title });
    if (topic) await ken.ask({ op: 'topic', cid: `t${slug}`, room: `#${slug}`, topic });
  }
  const hana = await harbour.person(server, { locale });
  await hana.introduce('hana', 'hello');
  const { page } = hana;
  await page.getByTestId('directory').click();
  const filter = page.getByTestId('directory-filter');
  const slugs = () => page.getByTestId('directory-enter').evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).dataset['slug']));
  await filter.fill('DESIGN');
  await expect.poll(slugs).toEqual(['design', 'boats']);
  await expect.poll(() => page.getByTestId('directory-count').textContent()).toBe(two);
  await filter.fill('でざいん');
  await expect.poll(slugs).toEqual(['design']);
  await filter.fill('xyz');
  await expect.poll(() => page.getByTestId('directory-count').textContent()).toBe(none);
  await filter.fill('昼');
  await expect.poll(slugs).toEqual(['lunch']);
  const button = page.getByTestId('directory-enter');
  await expect.poll(() => button.textContent()).toBe(join);
  await filter.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => hana.room('lunch').getAttribute('aria-current')).toBe('page');
});
