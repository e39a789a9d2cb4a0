import { expect, test } from '../kit/test';

test('two browsers talk to each other alone', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');

  await hana.writeTo('ken');
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
  await hana.page.getByTestId('write').click();
  await hana.sees('yes?', 'ok');
  await expect.poll(() => hana.bodies()).toEqual(['psst', 'yes?']);
});

test('several people have one conversation, whoever opens it', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  const mai = await harbour.program(server, 'mai');

  await hana.page.getByTestId('new-direct').click();
  const name = hana.page.getByTestId('direct-nick');
  await name.fill('ke');
  await hana.page.getByTestId('direct-known').click();
  await name.fill('nobody-here');
  await name.press('Enter');
  await hana.page.getByTestId('direct-open').click();
  await expect.poll(() => hana.page.getByRole('dialog').getByRole('alert').allTextContents()).toEqual(['There is no such person.']);
  await hana.page.getByRole('button', { name: 'Take out nobody-here' }).click();
  await name.fill('mai');
  await name.press('Enter');
  await hana.page.getByTestId('direct-open').click();
  await expect.poll(() => hana.page.title()).toMatch(/^(?:ken, mai|mai, ken) – Minato$/u);
  await hana.write('the three of us');
  await hana.sees('the three of us', 'ok');
  const room = await mai.receives('ev', (event) => event['body'] === 'the three of us');

  const fromHana = ken.page.getByTestId('room').filter({ hasText: 'hana' });
  await fromHana.click();
  await ken.sees('the three of us');
  const again = await mai.ask({ op: 'direct', cid: 'again', users: ['ken', 'hana'] });
  expect(again['room']).toBe(room['room']);
});
