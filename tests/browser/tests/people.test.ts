import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const typing = (person: Person) => person.page.getByTestId('typing').textContent();
const entry = (person: Person, name: string) => person.page.getByTestId('room').filter({ hasText: name });
const mark = (person: Person, body: string) => person.message(body).getByTestId('read-mark');

test('who writes is said above the composer until they have posted, and nothing moves for it', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { locale: 'ja-JP' });
  await hana.introduce('hana', 'こんにちは');
  const [ana, bob, cho] = [await harbour.program(server, 'ana'), await harbour.program(server, 'bob'), await harbour.program(server, 'cho')];
  for (const [i, client] of [ana, bob, cho].entries()) await client.ask({ op: 'join', cid: `join${i}`, room: '#lobby' });
  const box = async () => (await hana.composer.boundingBox())!.y;
  const before = await box();

  ana.send({ op: 'typing', room: '#lobby' });
  await expect.poll(() => typing(hana)).toBe('anaさんが入力中…');
  expect(await box()).toBe(before);
  bob.send({ op: 'typing', room: '#lobby' });
  await expect.poll(() => typing(hana)).toBe('anaさんとbobさんが入力中…');
  cho.send({ op: 'typing', room: '#lobby' });
  await expect.poll(() => typing(hana)).toBe('複数の人が入力中…');
  await bob.ask({ op: 'send', cid: 'b1', room: '#lobby', body: 'done' });
  await cho.ask({ op: 'send', cid: 'c1', room: '#lobby', body: 'done, too' });
  await hana.sees('done, too');
  // The others are done; who said that they write, and wrote nothing, is forgotten.
  await expect.poll(() => typing(hana)).toBe('');
  expect(await box()).toBe(before);
});

test('between two it is said when the other has read, in a room how many have, and who', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server, { locale: 'ja-JP' });
  await hana.introduce('hana', 'こんにちは');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  // Posting reads what is above.
  await expect.poll(() => mark(hana, 'こんにちは').textContent()).toBe('既読 1');

  await hana.writeTo('ken');
  await hana.write('二人だけの話');
  await hana.sees('二人だけの話', 'ok');
  await entry(ken, 'hana').getByTestId('unread').waitFor();
  await expect.poll(() => mark(hana, '二人だけの話').count()).toBe(0);
  const row = await hana.message('二人だけの話').boundingBox();
  await entry(ken, 'hana').click();
  await expect.poll(() => mark(hana, '二人だけの話').textContent()).toBe('既読');
  expect(await hana.message('二人だけの話').boundingBox()).toEqual(row);

  const mai = await harbour.person(server);
  await mai.introduce('mai', 'me too');
  await hana.open('lobby');
  await hana.write('読んだ？');
  await expect.poll(() => mark(hana, '読んだ？').textContent()).toBe('既読 1');
  await expect.poll(() => mark(hana, 'こんにちは').textContent()).toBe('既読 2');
  await mark(hana, '読んだ？').click();
  const card = hana.page.getByTestId('readers');
  await expect.poll(() => card.getByTestId('has-read').locator('.person-name').allTextContents()).toEqual(['mai']);
  await expect.poll(() => card.getByTestId('has-not-read').locator('.person-name').allTextContents()).toEqual(['ken']);
  await ken.open('lobby');
  await expect.poll(() => card.getByTestId('has-read').locator('.person-name').allTextContents()).toEqual(['mai', 'ken']);
  await hana.page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
});

test('a dot says who is here, words say it as well, and it goes after they have left', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await expect.poll(() => hana.page.getByTestId('here-count').textContent()).toBe('2');
  await expect.poll(() => hana.page.getByTestId('people').getAttribute('aria-label')).toContain('2 people here now');

  const card = await hana.about('ken');
  await expect.poll(() => card.getByTestId('card-presence').textContent()).toBe('here now');
  await card.getByTestId('write').click();
  await expect.poll(() => entry(hana, 'ken').innerText()).toContain('here now');
  await expect.poll(() => hana.page.getByTestId('here-count').textContent()).toBe('here now');
  await expect.poll(() => entry(hana, 'ken').locator('.presence.here').count()).toBe(1);
  await hana.details();
  const member = hana.page.getByTestId('person').filter({ hasText: 'ken' });
  await expect.poll(() => member.innerText()).toContain('here now');

  await ken.page.close();
  await expect.poll(() => entry(hana, 'ken').locator('.presence.here').count()).toBe(0);
  expect(await entry(hana, 'ken').innerText()).not.toContain('here now');
  await expect.poll(() => member.innerText()).not.toContain('here now');
  await expect.poll(() => hana.page.getByTestId('here-count').count()).toBe(0);
  await hana.open('lobby');
  await expect.poll(() => hana.page.getByTestId('here-count').textContent()).toBe('1');
});

test('what names one is counted in a badge and in the title, marked in the log, and gone when it is read on another device', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const desk = await harbour.person(server, { locale: 'ja-JP' });
  await desk.introduce('花', 'hello');
  await desk.createRoom('garden');
  await desk.open('lobby');
  const phone = await harbour.person(server, { locale: 'ja-JP', storageState: await desk.page.context().storageState() });
  await expect.poll(() => phone.page.getByTestId('profile').innerText()).toContain('花');
  const hanako = await harbour.line(server, '花子');
  hanako.say('/join #garden', 'おはよう');

  const called = (person: Person) => person.room('garden').getByTestId('called');
  ana.say('/join #garden', 'tulips', '@花さん、水やりをお願い', '@花子さんも', '@everyone 集合');
  for (const device of [desk, phone]) {
    await expect.poll(() => called(device).textContent()).toBe('2');
    await expect.poll(() => device.page.title()).toBe('(2) lobby – Minato');
  }
  await expect.poll(() => called(desk).getAttribute('aria-label')).toBe('メンション 2 件, 未読 5 件');

  // After a reload the server is asked.
  await phone.page.reload();
  await expect.poll(() => called(phone).textContent()).toBe('2');
  await expect.poll(() => phone.page.getByTestId('mentions-total').textContent()).toBe('2');

  await desk.page.getByTestId('mentions').click();
  const items = desk.page.getByTestId('mention-item');
  await expect.poll(() => items.locator('.mention-body').allTextContents()).toEqual(['@everyone 集合', '@花さん、水やりをお願い']);
  await items.nth(1).click();
  await expect.poll(() => desk.room('garden').getAttribute('aria-current')).toBe('page');
  await desk.sees('@everyone 集合');
  const marked = desk.page.locator('.message.called').getByTestId('body');
  await expect.poll(() => marked.allTextContents()).toEqual(['@花さん、水やりをお願い', '@everyone 集合']);
  for (const device of [desk, phone]) await expect.poll(() => called(device).count()).toBe(0);
  await expect.poll(() => phone.page.title()).toBe('lobby – Minato');
});

test('a card tells who somebody is, from the keyboard as well, and a name goes into what one writes', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('garden');
  await hana.write('tulips');
  await hana.sees('tulips', 'ok');
  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  await ken.page.locator('[data-testid=directory-enter][data-slug=garden]').click();
  await expect.poll(() => ken.page.title()).toContain('garden');
  await ken.write('roses');
  await hana.sees('roses');

  const author = hana.page.getByTestId('author').filter({ hasText: 'ken' });
  await author.focus();
  await hana.page.keyboard.press('Enter');
  const card = hana.page.getByTestId('profile-card');
  await expect.poll(() => card.getByTestId('card-role').textContent()).toBe('Member');
  await card.getByTestId('kick').waitFor();
  await hana.page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await expect.poll(() => author.evaluate((element) => element === document.activeElement)).toBe(true);

  await hana.composer.fill('well done');
  await (await hana.about('ken')).getByTestId('mention').click();
  await expect.poll(() => hana.composer.inputValue()).toBe('well done @ken ');
  await hana.page.keyboard.press('Control+z');
  await expect.poll(() => hana.composer.inputValue()).toBe('well done');

  await (await ken.about('hana')).getByTestId('card-role').waitFor();
  await expect.poll(() => ken.page.getByTestId('card-role').textContent()).toBe('Owner');
  await expect.poll(() => ken.page.getByTestId('kick').count()).toBe(0);
  await ken.page.getByTestId('card-block').click();
  await expect.poll(() => ken.page.getByTestId('card-block').textContent()).toBe('End the block of hana');
});
