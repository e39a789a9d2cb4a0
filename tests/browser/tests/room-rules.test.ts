import { expect, test } from '../kit/test';

test('in a room of announcements others read why they cannot write, and keep what they typed', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('news');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=news]').click();
  await expect.poll(() => ken.page.title()).toBe('news – Minato');
  await ken.composer.fill('half written');

  await hana.details('rules');
  await hana.page.getByTestId('posting').selectOption('moderators');
  await expect.poll(() => ken.page.getByTestId('hushed').textContent()).toBe('This is a room of announcements: only those who look after it write here.');
  await expect.poll(() => ken.composer.isVisible()).toBe(false);
  await hana.write('The harbour opens at nine.');
  await ken.sees('The harbour opens at nine.');
  await hana.page.getByTestId('posting').selectOption('everyone');
  await ken.composer.waitFor();
  await expect.poll(() => ken.composer.inputValue()).toBe('half written');
  await ken.composer.press('Enter');
  await hana.sees('half written');
});

test('slow mode says how long, waits its turn, and sends nothing by itself in hours', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('quiet');
  await hana.details('rules');
  await hana.page.getByTestId('slow').selectOption('21600');
  await expect.poll(() => hana.page.getByTestId('slow-note').count()).toBe(0); // not for who looks after it
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=quiet]').click();
  const note = ken.page.getByTestId('slow-note');
  await expect.poll(() => note.textContent()).toBe('Slow mode: one message every 6 hours.');
  await ken.write('first');
  await hana.sees('first');
  await expect.poll(() => note.textContent()).toBe('Slow mode: you can write again in 6 hours.');
  await ken.composer.fill('second');
  await ken.composer.press('Enter');
  await expect.poll(() => ken.composer.inputValue()).toBe('second');

  // A page that knows nothing of the first message is told by the refusal, and does not try again.
  await ken.page.reload();
  await ken.composer.waitFor();
  await ken.composer.fill('second');
  await ken.composer.press('Enter');
  await ken.sees('second', 'failed');
  await expect.poll(() => ken.message('second').getByRole('alert').innerText()).toContain('Slow mode lets this through in 6 hours.');
  await expect.poll(() => note.textContent()).toBe('Slow mode: you can write again in 6 hours.');

  await hana.page.getByTestId('slow').selectOption('0');
  await expect.poll(() => note.count()).toBe(0);
  await ken.page.getByTestId('retry').click();
  await hana.sees('second');
});

test('a choice that was refused is not shown as chosen', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('quiet');
  await hana.details('rules');
  const slow = hana.page.getByTestId('slow');
  await slow.evaluate((select: HTMLSelectElement) => (select.options[1]!.value = '-1'));
  await slow.selectOption('-1');
  await hana.page.getByTestId('rules-part').getByRole('alert').waitFor();
  await expect.poll(() => slow.inputValue()).toBe('0');
});

test('a room is renamed, archived and brought back, and everybody sees it', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('plans');
  const ken = await harbour.program(server, 'ken');
  await ken.ask({ op: 'join', cid: 'join', room: '#plans' });
  await hana.details('rules');
  await hana.page.getByTestId('title-input').fill('夏の計画');
  await hana.page.getByTestId('title-save').click();
  await expect.poll(() => hana.page.locator('.room-heading h1').innerText()).toContain('夏の計画');
  await ken.receives('ev', (event) => event['type'] === 'title' && event['title'] === '夏の計画');

  await hana.page.getByTestId('newcomers').selectOption('joined');
  await ken.receives('ev', (event) => event['type'] === 'newcomers' && event['history'] === 'joined');
  await hana.really('archive');
  await expect.poll(() => hana.page.getByTestId('hushed').textContent()).toBe('This room is archived: it can be read, and nobody writes in it.');
  await expect.poll(() => hana.room('plans').innerText()).toContain('archived');
  await expect.poll(() => hana.page.getByTestId('invite-part').count()).toBe(0);
  await hana.page.getByTestId('unarchive').click();
  await expect.poll(() => hana.page.getByTestId('hushed').count()).toBe(0);
  await hana.write('on with it');
  await hana.sees('on with it', 'ok');
});

test('a message is deleted by who wrote it and by who moderates, and by nobody else', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('dock');
  const ken = await harbour.program(server, 'ken');
  const { room } = await ken.ask({ op: 'join', cid: 'c1', room: '#dock' }) as unknown as { room: string };
  await ken.ask({ op: 'send', cid: 'c2', room, body: 'Buy now!' });
  await hana.sees('Buy now!');
  const lobby = await ken.ask({ op: 'send', cid: 'c3', room: '#lobby', body: 'hi all' });
  expect(lobby.op).toBe('ok');

  await hana.act(hana.message('Buy now!'), 'delete');
  await expect.poll(() => hana.bodies()).toEqual(['This message was deleted.']);
  await hana.open('lobby');
  await hana.message('hi all').getByTestId('message-acts').click();
  await hana.page.getByTestId('about-message').waitFor();
  await expect.poll(() => hana.page.getByTestId('delete').count()).toBe(0);
  await hana.page.keyboard.press('Escape');
  await hana.message('hello').getByTestId('message-acts').click();
  await hana.page.getByTestId('delete').waitFor();
  await expect.poll(() => hana.page.getByTestId('about-message').count()).toBe(0);
  await hana.page.getByTestId('delete').click();
  await expect.poll(() => hana.bodies()).toEqual(['This message was deleted.', 'hi all']);
  await expect.poll(() => hana.page.getByTestId('message-acts').count()).toBe(1);
});

test('what happens to a message is seen where it stands: edits, reactions, a pin, its end', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.program(server, 'ken');
  const { room, seq } = await ken.ask({ op: 'send', cid: 'c1', room: '#lobby', body: 'teh port' }) as unknown as { room: string; seq: number };
  await hana.sees('teh port');
  const line = hana.page.locator(`[data-testid=message][data-seq="${seq}"]`);
  const act = (cid: string, frame: object) => ken.ask({ op: '', cid, room, seq, ...frame });
  await act('c2', { op: 'edit', body: 'the port' });
  await expect.poll(() => line.getByTestId('body').innerText()).toBe('the port edited');
  await act('c3', { op: 'react', emoji: '⚓' });
  await expect.poll(() => line.getByTestId('reactions').innerText()).toMatch(/^⚓\s*1$/u);
  await act('c4', { op: 'react', emoji: '⚓', on: false });
  await expect.poll(() => line.getByTestId('reactions').count()).toBe(0);
  await act('c5', { op: 'delete' });
  await expect.poll(() => line.getByTestId('body').innerText()).toBe('This message was deleted.');
  await hana.page.reload();
  await expect.poll(() => line.getByTestId('body').innerText()).toBe('This message was deleted.');
});

test('a room with a key asks for it at every way in, and a shut door says how one comes in', async ({ harbour }) => {
  harbour.faults.allow(/status of 404/u);
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('cellar');
  await hana.details('rules');
  await hana.page.getByTestId('room-key').fill('sesame');
  await hana.page.getByTestId('room-key-save').click();
  await hana.page.getByTestId('has-key').waitFor();
  await hana.page.getByTestId('capacity').fill('2');
  await hana.page.getByTestId('capacity-save').click();

  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=cellar]').click();
  await ken.page.getByTestId('join-key').fill('simsim');
  await ken.page.getByTestId('join-key-confirm').click();
  await expect.poll(() => ken.page.getByRole('dialog').getByRole('alert').textContent()).toMatch(/^This room takes a key, and that is not it/u);
  await ken.page.getByTestId('join-key').fill('sesame');
  await ken.page.getByTestId('join-key').press('Enter');
  await expect.poll(() => ken.room('cellar').getAttribute('aria-current')).toBe('page');

  const mei = await harbour.person(server);
  await mei.introduce('mei', 'hey');
  await mei.write('/join #cellar sesame');
  await expect.poll(() => mei.page.getByTestId('composer-wrong').textContent()).toBe('This room is full. Ask to be invited.');
  await hana.page.getByTestId('room-key-take').click();
  await hana.page.getByTestId('has-key').waitFor({ state: 'detached' });
  await hana.page.getByTestId('door-invite_only').check();
  await expect.poll(() => hana.page.getByTestId('door-invite_only').isChecked()).toBe(true);
  await mei.composer.press('Enter');
  await expect.poll(() => mei.page.getByTestId('composer-wrong').textContent()).toBe('This room takes an invitation. Ask someone who looks after it.');
});

test('a room gets another name: the address follows, whoever is in it stays, and the old name still leads there', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('dock');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=dock]').click();
  await expect.poll(() => ken.room('dock').getAttribute('aria-current')).toBe('page');
  for (const person of [hana, ken]) await person.open('dock');
  await expect.poll(() => ken.page.evaluate(() => location.hash)).toBe('#dock');
  await ken.composer.fill('half written');

  await hana.details('rules');
  const name = hana.page.getByTestId('slug-input');
  await name.fill('lobby');
  await hana.page.getByTestId('slug-save').click();
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
  await name.fill('波止場');
  await hana.page.getByTestId('slug-save').click();
  for (const person of [hana, ken]) {
    await expect.poll(() => person.room('波止場').getAttribute('aria-current')).toBe('page');
    await expect.poll(() => person.page.evaluate(() => decodeURIComponent(location.hash))).toBe('#波止場');
  }
  await expect.poll(() => ken.composer.inputValue()).toBe('half written');
  await ken.composer.press('Enter');
  await hana.sees('half written');

  await ken.page.goto(`${server.url}/#dock`);
  await expect.poll(() => ken.room('波止場').getAttribute('aria-current')).toBe('page');
  await expect.poll(() => ken.page.evaluate(() => decodeURIComponent(location.hash))).toBe('#波止場');
});
