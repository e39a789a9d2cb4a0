import type { Harbour } from '../kit/harbour';
import type { MinatoServer } from '../kit/minato-server';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';
import { VirtualAuthenticator } from '../kit/virtual-authenticator';

const password = 'aoi and a password';

/** Passkeys take a name; that of this machine is the only one that is one without https. */
const byName = (server: MinatoServer) => ({ url: `http://localhost:${server.port}` });

/** The owner of a server, who has come by its name. */
async function ownerByName(server: MinatoServer, open: (path: string) => Promise<Person>): Promise<Person> {
  const aoi = await open(await server.ownerPath());
  await aoi.signUp('aoi', password);
  return aoi;
}

async function openPart(person: Person): Promise<void> {
  await person.settings('account');
  await person.page.getByTestId('passkeys-part').locator('summary').click();
}

async function add(person: Person, name: string): Promise<void> {
  await person.page.getByTestId('passkey-name').fill(name);
  await person.page.getByTestId('passkey-password').fill(password);
  await person.page.getByTestId('passkey-add').click();
  await person.page.getByTestId('passkey-done').waitFor();
}

/** Somebody before the door, whose field of the name offers what passkeys there are by now: it would pick from one that comes earlier by itself. */
async function atTheDoor(harbour: Harbour, server: MinatoServer, locale: string): Promise<Person> {
  const person = await harbour.stranger({ url: 'about:blank' }, '', { locale });
  await person.page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => {
      const answer = get(options);
      document.documentElement.dataset['mediation'] = options?.mediation;
      return answer;
    };
  });
  await person.page.goto(byName(server).url);
  await person.page.locator('[data-mediation=conditional]').waitFor({ state: 'attached' });
  return person;
}

const languages = [
  { locale: 'en-US', way: 'Log in with a passkey', added: 'Added. Next time you can log in with it.' },
  { locale: 'ja-JP', way: 'パスキーでログイン', added: '追加しました。次からはパスキーでログインできます。' },
];

for (const { locale, way, added } of languages) {
  test(`a passkey is added, opens the account on another device, and opens nothing once deleted (${locale})`, async ({ harbour }) => {
    harbour.faults.allow(/status of 403/u);
    const server = await harbour.server('--access', 'accounts');
    const aoi = await ownerByName(server, (path) => harbour.stranger(byName(server), path, { locale }));
    const here = await VirtualAuthenticator.of(aoi);
    await openPart(aoi);
    await add(aoi, '机の上');
    await expect.poll(() => aoi.page.getByTestId('passkey-done').textContent()).toBe(added);
    await expect.poll(() => aoi.page.getByTestId('passkeys').innerText()).toContain('机の上');

    const elsewhere = await atTheDoor(harbour, server, locale);
    const there = await VirtualAuthenticator.of(elsewhere);
    await there.keep(await here.credentials());
    await expect.poll(() => elsewhere.page.getByTestId('log-in-passkey').textContent()).toBe(way);
    await elsewhere.page.getByTestId('log-in-passkey').click();
    await elsewhere.composer.waitFor();
    await elsewhere.write('by a finger');
    await aoi.page.keyboard.press('Escape');
    await aoi.sees('by a finger');

    await openPart(aoi);
    await aoi.page.getByTestId('passkey-rename').click();
    await aoi.page.getByTestId('passkey-new-name').fill('かばんの中');
    await aoi.page.getByTestId('passkey-rename-confirm').click();
    await expect.poll(() => aoi.page.getByTestId('passkeys').innerText()).toContain('かばんの中');
    await aoi.page.getByTestId('passkey-delete').click();
    await expect.poll(() => aoi.page.getByTestId('passkeys').locator('button').count()).toBe(0);

    await elsewhere.settings('account');
    await elsewhere.page.getByTestId('log-out').click();
    await elsewhere.page.getByTestId('log-in-passkey').click();
    await elsewhere.page.getByRole('alert').waitFor();
    await expect.poll(() => elsewhere.door.count()).toBe(1);
  });
}

test('the field of the name offers a passkey as well', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await ownerByName(server, (path) => harbour.stranger(byName(server), path));
  const here = await VirtualAuthenticator.of(aoi);
  await openPart(aoi);
  await add(aoi, 'laptop');
  const elsewhere = await harbour.stranger({ url: 'about:blank' }, '');
  // It picks what is offered, as nobody can by hand here: the list is the browser's own.
  await (await VirtualAuthenticator.of(elsewhere)).keep(await here.credentials());
  await elsewhere.page.goto(byName(server).url);
  await elsewhere.composer.waitFor();
});

test('whose finger is not known makes no passkey, and nobody adds one without the password', async ({ harbour }) => {
  harbour.faults.allow(/status of 403/u);
  const server = await harbour.server('--access', 'accounts');
  const aoi = await ownerByName(server, (path) => harbour.stranger(byName(server), path));
  const authenticator = await VirtualAuthenticator.of(aoi);
  await authenticator.refuse();
  await openPart(aoi);
  await add(aoi, 'never');
  await expect.poll(() => aoi.page.getByTestId('passkey-done').textContent()).toMatch(/^No passkey was made/u);
  await aoi.page.getByTestId('passkey-password').fill('a wrong one');
  await aoi.page.getByTestId('passkey-add').click();
  await expect.poll(() => aoi.page.getByTestId('passkey-password').getAttribute('aria-invalid')).toBe('true');
  expect(await authenticator.credentials()).toEqual([]);
  await expect.poll(() => aoi.page.getByTestId('passkeys').innerText()).toBe('No passkeys yet.');
});

test('a page on an address of numbers says why there are no passkeys, and asks for none', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  await openPart(aoi);
  await aoi.page.getByTestId('passkeys-missing').waitFor();
  await expect.poll(() => aoi.page.getByTestId('passkeys-missing').textContent()).toContain(`http://localhost:${server.port}`);
  await expect.poll(() => aoi.page.getByTestId('passkey-add').count()).toBe(0);
  const ben = await harbour.stranger(server);
  await ben.page.getByTestId('log-in').waitFor();
  await expect.poll(() => ben.page.getByTestId('log-in-passkey').count()).toBe(0);
});

test('all other sessions end at once, and one’s own goes on', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const aoi = await harbour.owner(server, 'aoi');
  const others = [await harbour.stranger(server), await harbour.stranger(server)];
  for (const other of others) await other.logIn('aoi', password);
  await aoi.settings('sessions');
  await aoi.page.getByTestId('sessions-end').click();
  for (const other of others) await other.page.getByTestId('ended').waitFor();
  await expect.poll(() => aoi.page.getByTestId('sessions').locator('li').count()).toBe(1);
  await aoi.page.keyboard.press('Escape');
  await aoi.write('still here');
  await aoi.sees('still here', 'ok');
});
