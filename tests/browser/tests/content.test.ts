import { expect, test } from '../kit/test';

const attacks = [
  '<img src=x onerror="document.title=\'owned\'">',
  '<script>document.title="owned"</script>',
  '"><svg onload=alert(1)>',
  'javascript:alert(1)',
  '[click](javascript:alert(1))',
  '&lt;b&gt; &amp; {{7*7}} ${7*7}',
];

test('markup in messages, names of rooms and topics is text', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  ana.say('/join #lobby', ...attacks, `/topic ${attacks[0]}`);
  await hana.sees(attacks.at(-1)!);
  await expect.poll(() => hana.bodies()).toEqual(attacks);
  await expect.poll(() => hana.page.getByTestId('topic').or(hana.page.locator('p.topic')).textContent()).toBe(attacks[0]);
  await expect.poll(() => hana.page.getByTestId('body').locator('*').count()).toBe(0);
  expect(await hana.page.title()).not.toContain('owned');

  await hana.introduce('hana', 'hello');
  await hana.page.getByTestId('new-room').click();
  await hana.page.getByTestId('room-name').fill('trap');
  await hana.page.locator('.optional summary').click();
  await hana.page.getByTestId('room-title').fill('<b onclick=alert(1)>bold</b>');
  await hana.page.getByTestId('room-create').click();
  await expect.poll(() => hana.page.locator('h1 small').textContent()).toBe('<b onclick=alert(1)>bold</b>');
});

test('links open elsewhere, and tell nobody where they were', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  ana.say('see https://example.org/a?b=c&d=(e) and http://example.org/港。 not ftp://example.org or javascript:alert(1)');
  const links = hana.page.getByTestId('body').locator('a');
  await expect.poll(() => links.allTextContents()).toEqual(['https://example.org/a?b=c&d=(e)', 'http://example.org/港']);
  for (const link of await links.all()) {
    await expect.poll(() => link.getAttribute('target')).toBe('_blank');
    expect((await link.getAttribute('rel'))!.split(' ').sort()).toEqual(['noopener', 'noreferrer']);
    expect(await link.getAttribute('href')).toBe(await link.textContent());
  }
});

test('every script is shown as it is: emoji, right to left, combining marks', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  const texts = ['👩‍👩‍👧‍👦🏳️‍🌈 港⚓', 'שלום עולם', 'ﾊﾝｶｸ ガ か゚', 'Ã́', '𠮷野家'];
  ana.say(...texts);
  await hana.sees(texts.at(-1)!);
  await expect.poll(() => hana.bodies()).toEqual(texts);
  await hana.introduce('花', '了解です👍');
  await ana.hears('#lobby <花> 了解です👍');
});
