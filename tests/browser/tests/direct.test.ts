import { expect, test } from '../kit/test';

test('two browsers talk to each other alone', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');

  await hana.page.getByTestId('author').filter({ hasText: 'ken' }).click();
  await expect.poll(() => hana.page.title()).toBe('ken – Minato');
  await hana.write('between us');
  await hana.sees('between us', 'ok');

  const fromHana = ken.page.getByTestId('room').filter({ hasText: 'hana' });
  await expect.poll(() => fromHana.getByTestId('unread').textContent()).toBe('1');
  await fromHana.click();
  await ken.sees('between us');
  await ken.write('of course');
  await hana.sees('of course', 'ok');
  ana.say('/nick');
  await ana.hears(/^\* You are ana\./u);
  expect(ana.heard.join('\n')).not.toContain('between us');
});

test('a message to one person goes from the terminal to the page and back', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  ana.say('/msg hana psst');
  const fromAna = hana.page.getByTestId('room').filter({ hasText: 'ana' });
  await expect.poll(() => fromAna.getByTestId('unread').textContent()).toBe('1');
  await fromAna.click();
  await hana.sees('psst');
  await hana.write('yes?');
  await ana.hears(/^@(?:ana\+hana|hana\+ana) <hana> yes\?$/u);

  await hana.open('lobby');
  await hana.page.getByTestId('people').click();
  await hana.page.getByTestId('person').filter({ hasText: 'ana' }).click();
  await hana.sees('yes?', 'ok');
  expect(await hana.bodies()).toEqual(['psst', 'yes?']);
});
