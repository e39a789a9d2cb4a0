import { lostServer } from '../kit/faults';
import { say } from '../kit/conversation';
import type { Harbour } from '../kit/harbour';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const total = 700;

/** A person before a long conversation, and the seq of each of its messages. */
async function longConversation(harbour: Harbour) {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  const seqs = await say(ana, total, (n) => `post ${n}`);
  const hana = await harbour.person(server);
  await hana.sees(`post ${total - 1}`);
  return { server, ana, hana, seqs };
}

/** Whether all of the message is in the log's view. */
function inSight(person: Person, body: string): Promise<boolean> {
  return person.message(body).evaluate((message) => {
    const [box, view] = [message.getBoundingClientRect(), message.closest('[role=log]')!.getBoundingClientRect()];
    return box.top >= view.top && box.bottom <= view.bottom;
  });
}

async function follow(person: Person, hash: string): Promise<void> {
  await person.page.evaluate((hash) => (location.hash = hash), hash);
}

test('a permalink leads to a message far back, and one press to the newest again', async ({ harbour }) => {
  const { server, hana, seqs } = await longConversation(harbour);
  await follow(hana, `#lobby/${seqs[40]}`);
  await hana.sees('post 40');
  await expect.poll(() => inSight(hana, 'post 40')).toBe(true);
  await expect.poll(() => hana.message('post 40').getAttribute('class')).toContain('marked');
  // What lies between was not fetched.
  const bodies = await hana.bodies();
  expect(bodies).not.toContain(`post ${total - 1}`);
  expect(bodies.length).toBeLessThan(210);
  await expect.poll(() => hana.message('post 40').getAttribute('class')).not.toContain('marked');

  await hana.page.getByTestId('latest').click();
  await hana.sees(`post ${total - 1}`);
  await expect.poll(() => hana.page.getByTestId('latest').count()).toBe(0);

  // Opened anew, it leads there at once.
  const other = await harbour.visitor(server, await harbour.device(), `/#lobby/${seqs[300]}`);
  await other.sees('post 300');
  await expect.poll(() => inSight(other, 'post 300')).toBe(true);
});

test('from there one reads on to the newest and back to the first without a gap', async ({ harbour }) => {
  const { hana, seqs } = await longConversation(harbour);
  await follow(hana, `#lobby/${seqs[300]}`);
  await hana.sees('post 300');
  const read = async (by: number, until: string) => {
    await expect.poll(async () => {
      await hana.log.evaluate((log, by) => log.scrollBy({ top: by, behavior: 'instant' }), by);
      const numbers = (await hana.bodies()).map((body) => Number(body.slice('post '.length)));
      expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
      expect(numbers.length).toBeLessThan(410);
      return await hana.message(until).count();
    }, { timeout: 120_000 }).toBe(1);
  };
  await read(900, `post ${total - 1}`);
  await read(-900, 'post 0');
  await read(900, `post ${total - 1}`);
  // At the end it follows again.
  await hana.log.evaluate((log) => (log.scrollTop = log.scrollHeight));
  await hana.introduce('hana', 'and on it goes');
  await expect.poll(() => inSight(hana, 'and on it goes')).toBe(true);
});

test('what happens to a message far back is seen while one looks at it', async ({ harbour }) => {
  const { ana, hana, seqs } = await longConversation(harbour);
  await follow(hana, `#lobby/${seqs[40]}`);
  await hana.sees('post 40');
  await ana.ask({ op: 'edit', cid: 'edit', room: '#lobby', seq: seqs[40], body: 'post 40, corrected' });
  await expect.poll(() => hana.page.locator(`[data-seq="${seqs[40]}"]`).getByTestId('body').textContent()).toContain('post 40, corrected');
  await ana.ask({ op: 'delete', cid: 'delete', room: '#lobby', seq: seqs[41] });
  await expect.poll(() => hana.page.locator(`[data-seq="${seqs[41]}"]`).getByTestId('body').textContent()).toBe('This message was deleted.');
  // New ones do not disturb, and are told of.
  await ana.ask({ op: 'send', cid: 'more', room: '#lobby', body: 'said meanwhile' });
  expect(await inSight(hana, 'post 42')).toBe(true);
  await expect.poll(() => hana.message('said meanwhile').count()).toBe(0);
});

test('a message that is not there is said to be so, and one stays where one was', async ({ harbour }) => {
  const { hana } = await longConversation(harbour);
  await follow(hana, '#lobby/1'); // the making of the room: no message
  const words = hana.page.getByTestId('jump-refused');
  await expect.poll(() => words.textContent()).toBe('That message is not there, or not for you to see.');
  await hana.sees(`post ${total - 1}`);
  await words.getByRole('button').click();
  await expect.poll(() => words.count()).toBe(0);
  await follow(hana, '#lobby/99999');
  await words.waitFor();
});

test('of a room that is not there, or that one is not in, it is said so; and one joins from there', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.program(server, 'ana');
  await ana.ask({ op: 'create', cid: 'c', kind: 'public', slug: 'garden', title: 'Garden' });
  const { seq } = await ana.ask({ op: 'send', cid: 's', room: '#garden', body: 'roses' }) as unknown as { seq: number };
  const hana = await harbour.visitor(server, await harbour.device(), '/#nosuch/3');
  await expect.poll(() => hana.page.getByTestId('jump-refused').textContent()).toBe('There is no such room.');
  await hana.page.getByTestId('jump-refused').getByRole('button').click();
  await expect.poll(() => hana.page.getByTestId('jump-refused').count()).toBe(0);
  await hana.introduce('hana', 'hello');
  await follow(hana, `#garden/${seq}`);
  await hana.page.getByTestId('join-linked').click();
  await hana.sees('roses');
  await expect.poll(() => hana.page.title()).toContain('garden – ');
  await expect.poll(() => hana.page.getByTestId('jump-refused').count()).toBe(0);
});

test('whoever goes to the newest goes on by keyboard from there', async ({ harbour }) => {
  const { hana } = await longConversation(harbour);
  await hana.log.evaluate((log) => log.scrollBy({ top: -2_000, behavior: 'instant' }));
  await hana.page.getByTestId('latest').focus();
  await hana.page.keyboard.press('Enter');
  await hana.page.getByTestId('latest').waitFor({ state: 'detached' });
  expect(await hana.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('log');
});

test('the day is not said twice at the beginning of a room', async ({ harbour }) => {
  const { hana } = await longConversation(harbour);
  const { log } = hana;
  await expect.poll(async () => {
    await log.evaluate((log) => (log.scrollTop = 0));
    return log.locator('.beginning').count();
  }).toBe(1);
  // What came last may have kept what was in sight where it was.
  await expect.poll(() => log.evaluate((log) => {
    const { scrollTop } = log;
    log.scrollTop = 0;
    return scrollTop;
  })).toBe(0);
  await log.locator('.day').waitFor();
  await expect.poll(() => hana.page.getByTestId('day-in-sight').count()).toBe(0);
  await log.evaluate((log) => (log.scrollTop = 400));
  await hana.page.getByTestId('day-in-sight').waitFor();
});

test('a message far back stays in sight when the server is back after too long an absence', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const { server, ana, hana, seqs } = await longConversation(harbour);
  const relay = await harbour.relay(server);
  const ken = await harbour.visitor(relay, await harbour.device(), `/#lobby/${seqs[40]}`);
  await ken.sees('post 40');
  await hana.page.close();
  relay.cut();
  for (let n = 0; n < 1_100; n++) ana.send({ op: 'send', cid: `late-${n}`, room: '#lobby', body: `late ${n}` });
  await ana.receives('ok', (ok) => ok['cid'] === 'late-1099');
  await ana.ask({ op: 'edit', cid: 'edit', room: '#lobby', seq: seqs[41], body: 'changed meanwhile' });
  relay.mend();
  await expect.poll(() => ken.page.locator(`[data-seq="${seqs[41]}"]`).getByTestId('body').allTextContents()).toEqual(['changed meanwhile edited']);
  await expect.poll(() => inSight(ken, 'post 42')).toBe(true);
});

test('the way back leads to where one was', async ({ harbour }) => {
  const { hana, seqs } = await longConversation(harbour);
  await hana.createRoom('garden');
  await hana.open('lobby');
  await hana.sees(`post ${total - 1}`);
  await follow(hana, `#lobby/${seqs[40]}`);
  await hana.sees('post 40');
  const first = () => hana.log.evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    const body = [...log.querySelectorAll('.body')].find((body) => body.getBoundingClientRect().bottom > edge);
    return { body: body?.textContent ?? '', top: (body?.getBoundingClientRect().top ?? 0) - edge };
  });
  const isBack = async () => {
    const [now, then] = [await first(), left];
    // Each time a part of a pixel may go.
    return now.body === then.body && Math.abs(now.top - then.top) <= 3 ? true : JSON.stringify([now, then]);
  };
  await expect.poll(async () => {
    await hana.log.evaluate((log) => log.scrollBy({ top: 700, behavior: 'instant' }));
    return Number((await first()).body.slice('post '.length));
  }).toBeGreaterThan(70);
  const left = await first();
  await hana.open('garden');
  await hana.page.goBack();
  await expect.poll(isBack).toBe(true);
  await hana.page.goBack();
  await hana.sees(`post ${total - 1}`);
  await hana.page.getByTestId('latest').waitFor({ state: 'hidden' });
  await hana.page.goForward();
  await expect.poll(isBack).toBe(true);
});
