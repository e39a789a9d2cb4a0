import type { Person } from '../kit/person';
import { lostServer } from '../kit/faults';
import { expect, test } from '../kit/test';

interface Spoken {
  readonly role: string;
  readonly name: string;
}

const operable = new Set(['button', 'radio', 'DisclosureTriangle', 'link', 'textbox', 'dialog', 'log', 'navigation', 'combobox', 'checkbox']);

/** What the browser tells a screen reader. */
async function spoken(person: Person): Promise<Spoken[]> {
  const session = await person.page.context().newCDPSession(person.page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter((node) => !node.ignored).map((node) => ({ role: String(node.role?.value), name: String(node.name?.value ?? '') }));
}

async function nameless(person: Person): Promise<Spoken[]> {
  return (await spoken(person)).filter(({ role, name }) => operable.has(role) && name.trim() === '');
}

test('everything that can be operated has a name, in the page and in each dialog', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('/join #lobby', 'hi, see https://example.org');
  const hana = await harbour.person(server);
  await hana.write('hello');
  await hana.page.getByTestId('name-input').waitFor();
  expect(await nameless(hana)).toEqual([]);
  await hana.page.getByTestId('name-input').fill('hana');
  await hana.page.getByTestId('name-confirm').click();
  await hana.sees('hello', 'ok');
  expect(await nameless(hana)).toEqual([]);

  for (const opener of ['new-room', 'directory', 'new-direct', 'topic', 'profile', 'mentions', 'go-to', 'help-button']) {
    await hana.page.getByTestId(opener).click();
    const dialog = hana.page.getByRole('dialog');
    await dialog.waitFor();
    expect((await spoken(hana)).filter(({ role }) => role === 'dialog'), opener).toHaveLength(1);
    expect(await nameless(hana), opener).toEqual([]);
    await hana.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  await hana.createRoom('harbour');
  await hana.page.getByTestId('people').click();
  await hana.page.getByTestId('oneself').click();
  for (const part of ['invite', 'rules'] as const) await hana.details(part);
  await hana.page.getByTestId('link-make').click();
  await hana.page.getByTestId('invite-link').waitFor();
  expect((await spoken(hana)).filter(({ role, name }) => role === 'complementary' && name === 'About this room')).toHaveLength(1);
  expect(await nameless(hana), 'the details of a room').toEqual([]);
});

test('the page has its landmarks, and the log says what comes', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('hi');
  const hana = await harbour.person(server);
  await hana.sees('hi');
  const heard = await spoken(hana);
  expect(heard).toContainEqual({ role: 'log', name: 'Messages in lobby' });
  expect(heard).toContainEqual({ role: 'navigation', name: 'Rooms' });
  expect(heard).toContainEqual({ role: 'textbox', name: 'Message to lobby' });
  expect(heard.filter(({ role }) => role === 'main')).toHaveLength(1);
  expect(heard.filter(({ role, name }) => role === 'heading' && name === 'lobby')).toHaveLength(1);
  await expect.poll(() => hana.log.getAttribute('aria-live')).toBe('polite');
  await expect.poll(() => hana.log.getAttribute('aria-busy')).toBe('false');
});

test('an error is an alert, the connection a status', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.write('hello');
  await hana.page.getByTestId('name-input').fill('two words');
  await hana.page.getByTestId('name-confirm').click();
  const alert = hana.page.getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => alert.textContent()).toBe('A name has 1–64 bytes: letters, digits and - _ . but no spaces.');
  await server.kill9();
  await hana.page.getByRole('status').filter({ hasText: 'Reconnecting…' }).waitFor();
});
