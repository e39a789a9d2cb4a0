import { expect, test } from '../kit/test';

test('a room is made, found, joined, and left', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.createRoom('庭');
  await hana.write('まずは種まきから');
  await hana.sees('まずは種まきから', 'ok');

  const ken = await harbour.person(server);
  await ken.introduce('ken', 'hi');
  await ken.page.getByTestId('directory').click();
  const entry = ken.page.locator('[data-testid=directory-enter][data-slug="庭"]');
  await expect.poll(() => entry.textContent()).toBe('Join');
  await entry.click();
  await ken.sees('まずは種まきから');
  await expect.poll(() => ken.room('庭').getAttribute('aria-current')).toBe('page');
  await ken.write('手伝います');
  await hana.sees('手伝います');

  await ken.page.getByTestId('people').click();
  const leave = ken.page.getByTestId('leave');
  await leave.click();
  await expect.poll(() => leave.textContent()).toBe('Really leave?');
  await ken.page.locator('[data-testid=leave][data-asked=true]').click();
  await ken.room('庭').waitFor({ state: 'detached' });
  await expect.poll(() => ken.room('lobby').getAttribute('aria-current')).toBe('page');
  await ken.page.getByTestId('directory').click();
  await expect.poll(() => entry.textContent()).toBe('Join');
});

test('a room whose name is taken is refused at the field', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('/join #garden');
  await ana.hears('* You made #garden.');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.page.getByTestId('new-room').click();
  const name = hana.page.getByTestId('room-name');
  await name.fill('Garden');
  await name.press('Enter');
  await expect.poll(() => hana.page.getByRole('alert').allTextContents()).toEqual(['There is a room of this name already.']);
  await name.fill('two words');
  await name.press('Enter');
  await expect.poll(() => hana.page.getByRole('alert').allTextContents()).toEqual(['A room name has letters, digits and - _ . but no spaces.']);
  await name.fill('meadow');
  await name.press('Enter');
  await expect.poll(() => hana.room('meadow').getAttribute('aria-current')).toBe('page');
});

test('a topic is set here and there, and seen by both', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  ana.say('/join #lobby', '/topic ships and tides');
  const topic = hana.page.getByTestId('topic');
  await expect.poll(() => topic.textContent()).toBe('ships and tides');
  await topic.click();
  await hana.page.getByTestId('topic-input').fill('今日の船');
  await hana.page.getByTestId('topic-save').click();
  await expect.poll(() => topic.textContent()).toBe('今日の船');
  await ana.hears('* hana set the topic of #lobby: 今日の船');
});

test('who is here is listed, and changes of name are seen', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('hi');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.page.getByTestId('people').click();
  const person = hana.page.getByTestId('person');
  await expect.poll(() => person.allInnerTexts()).toEqual([expect.stringContaining('ana')]);
  await hana.page.keyboard.press('Escape');
  await hana.page.getByTestId('details').waitFor({ state: 'detached' });

  ana.say('/nick anastasia');
  await expect.poll(() => hana.page.getByTestId('author').allTextContents()).toEqual(['anastasia', 'hana']);
  await hana.page.getByTestId('profile').click();
  await hana.page.getByTestId('rename-input').fill('花子');
  await hana.page.getByTestId('rename-confirm').click();
  await expect.poll(() => hana.page.getByTestId('author').allTextContents()).toEqual(['anastasia', '花子']);
  await hana.write('改名しました');
  await ana.hears('#lobby <花子> 改名しました');
});
