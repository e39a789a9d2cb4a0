import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

/** The test id of what has the focus, or what it is. */
const focused = (person: Person) => person.page.evaluate(() =>
  document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName.toLowerCase());

async function tabTo(person: Person, testid: string): Promise<void> {
  for (let presses = 0; (await focused(person)) !== testid; presses++) {
    expect(presses, `Shift+Tab presses to ${testid}`).toBeLessThan(40);
    await person.page.keyboard.press('Shift+Tab');
  }
}

test('everything is within reach of a keyboard: name, message, room, topic, people', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  const { keyboard } = hana.page;
  await expect.poll(() => focused(hana)).toBe('composer');
  await keyboard.type('hello');
  await keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('name-input');
  await keyboard.type('hana');
  await keyboard.press('Enter');
  await hana.sees('hello', 'ok');
  await expect.poll(() => hana.page.getByTestId('author').textContent()).toBe('hana');
  await expect.poll(() => focused(hana)).toBe('composer');

  await tabTo(hana, 'new-room');
  await keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('room-name');
  await keyboard.type('garden');
  await keyboard.press('Enter');
  await expect.poll(() => hana.room('garden').getAttribute('aria-current')).toBe('page');
  await expect.poll(() => focused(hana)).toBe('composer');

  await tabTo(hana, 'topic');
  await keyboard.press('Space');
  await expect.poll(() => focused(hana)).toBe('topic-input');
  await keyboard.type('roses');
  await keyboard.press('Enter');
  await expect.poll(() => hana.page.getByTestId('topic').textContent()).toBe('roses');
  await expect.poll(() => focused(hana)).toBe('composer');

  await tabTo(hana, 'log');
  await tabTo(hana, 'room');
  // The list is one stop: arrows go on inside it.
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await expect.poll(() => hana.room('lobby').getAttribute('aria-current')).toBe('page');
  await expect.poll(() => focused(hana)).toBe('composer');
  await keyboard.type('back');
  await keyboard.press('Enter');
  await hana.sees('back', 'ok');
});

test('after each dialog, however it ends, one can write on', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  for (const opener of ['new-room', 'directory', 'new-direct', 'topic', 'profile', 'go-to', 'help-button']) {
    for (const leave of ['Escape', 'button']) {
      await hana.page.getByTestId(opener).click();
      const dialog = hana.page.getByRole('dialog');
      await dialog.waitFor();
      expect(await dialog.evaluate((element) => element.contains(document.activeElement)), `${opener} has the focus`).toBe(true);
      if (leave === 'Escape') await hana.page.keyboard.press('Escape');
      else await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => focused(hana), { message: `${opener}, ${leave}` }).toBe('composer');
    }
  }
  await hana.page.getByTestId('profile').click();
  await hana.page.getByTestId('rename-input').fill('hanako');
  await hana.page.keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('composer');
});

test('the phone’s drawer takes the focus, and Escape gives it back', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server(), { viewport: { width: 390, height: 844 } });
  await tabTo(hana, 'menu');
  await hana.page.keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('room');
  await hana.page.keyboard.press('Escape');
  await expect.poll(() => focused(hana)).toBe('menu');
  await hana.room('lobby').waitFor({ state: 'hidden' });
});

test('a room’s details take the focus, and Escape gives it back', async ({ harbour }) => {
  const hana = await harbour.person(await harbour.server());
  await hana.introduce('hana', 'hello');
  await hana.createRoom('harbour');
  await hana.page.getByTestId('people').focus();
  await hana.page.keyboard.press('Enter');
  await expect.poll(() => focused(hana)).toBe('details-close');
  await hana.room('lobby').click();
  await expect.poll(() => focused(hana)).toBe('composer');
  await hana.room('harbour').click();
  await expect.poll(() => hana.page.getByTestId('leave').count()).toBe(1);
  await tabTo(hana, 'leave');
  await hana.page.keyboard.press('Enter');
  const leave = hana.page.getByTestId('leave');
  await expect.poll(() => leave.textContent()).toBe('Really leave?');
  // The first Escape is a no to the question, the second one closes.
  await hana.page.keyboard.press('Escape');
  await expect.poll(() => leave.textContent()).toBe('Leave the room');
  await hana.page.keyboard.press('Escape');
  await expect.poll(() => focused(hana)).toBe('people');
  await expect.poll(() => hana.page.getByTestId('details').count()).toBe(0);
});
