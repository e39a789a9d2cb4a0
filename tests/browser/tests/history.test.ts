import { say } from '../kit/conversation';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const total = 600;
/** What the page may mount at most, and a few for what is on its way. */
const bound = 410;
/** How the server begins to answer with older messages. */
const page = '"op":"history"';
const posts = Array.from({ length: total }, (_, n) => `post ${n}`);

/** The first text in sight, and where it stands. */
function firstInSight(person: Person): Promise<{ body: string; top: number }> {
  return person.log.evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    const first = [...log.querySelectorAll('[data-testid=body]')].find((body) => body.getBoundingClientRect().top >= edge)!;
    return { body: first.textContent!, top: first.getBoundingClientRect().top };
  });
}

async function topOf(person: Person, body: string): Promise<number> {
  return await person.message(body).getByTestId('body').evaluate((element) => element.getBoundingClientRect().top);
}

test('older messages come on scrolling up, without a jump, and the page stays small', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.line(server, 'ana');
  ana.say(...posts);
  await ana.hears(`#lobby <ana> post ${total - 1}`);
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.sees(`post ${total - 1}`);
  await hana.log.hover();

  const seen = new Set(await hana.bodies());
  expect(seen.size).toBeLessThan(150);
  for (let steps = 0; !seen.has('post 0'); steps++) {
    expect(steps, 'scrolls to reach the first message').toBeLessThan(200);
    const before = (await hana.bodies())[0]!;
    relay.hold();
    // Up to where the page asks for more; what it gets is held until it was measured.
    await expect.poll(async () => {
      await hana.log.evaluate((log) => log.scrollBy({ top: -400, behavior: 'instant' }));
      return relay.holds(page) || (await hana.bodies())[0] !== before;
    }).toBe(true);
    if (relay.holds(page)) {
      const anchor = await settled(hana);
      relay.release();
      await expect.poll(async () => (await hana.bodies())[0]).not.toBe(before);
      await hana.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(Math.abs((await topOf(hana, anchor.body)) - anchor.top), `jump of “${anchor.body}”`).toBeLessThan(2);
    }
    relay.release();
    const bodies = await hana.bodies();
    expect(bodies.length).toBeLessThan(bound);
    const first = Number(bodies[0]!.slice('post '.length));
    expect(bodies).toEqual(posts.slice(first, first + bodies.length));
    for (const body of bodies) seen.add(body);
  }
  expect(seen.size).toBe(total);
});

/** The wheel's last turn may still be moving the log. */
async function settled(person: Person): Promise<{ body: string; top: number }> {
  let last = await firstInSight(person);
  await expect.poll(async () => {
    const before = last;
    await person.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    last = await firstInSight(person);
    return last.body === before.body && last.top === before.top;
  }).toBe(true);
  return last;
}

test('who reads further up is left in peace, and one press leads back to the newest', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.line(server, 'ana');
  ana.say(...posts.slice(0, 100));
  await ana.hears('#lobby <ana> post 99');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  await hana.log.hover();
  await expect.poll(async () => {
    await hana.page.mouse.wheel(0, -500);
    return await hana.page.getByTestId('latest').count();
  }).toBe(1);
  const anchor = await settled(hana);
  ana.say('said meanwhile');
  await expect.poll(() => hana.page.getByTestId('latest').textContent()).toBe('1 new message');
  expect(await topOf(hana, anchor.body)).toBe(anchor.top);

  await hana.page.getByTestId('latest').click();
  await hana.page.getByTestId('latest').waitFor({ state: 'hidden' });
  await expect.poll(() => hana.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBeLessThan(2);
  await expect.poll(() => hana.page.title()).toBe('lobby – Minato');
});

test('a log at its end follows what is said, and opens at its end', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.line(server, 'ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const below = () => hana.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  ana.say(...posts);
  await hana.sees(`post ${total - 1}`);
  await expect.poll(below).toBeLessThan(2);
  expect((await hana.bodies()).length).toBeLessThan(bound);
  await hana.page.reload();
  await hana.sees(`post ${total - 1}`);
  await expect.poll(below).toBeLessThan(2);
});

test('of what pours in only what is in sight is mounted, and all of it is there for who scrolls up', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  await say(ana, 100, (n) => `before ${n}`);
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.introduce('hana', 'hello');
  await hana.log.evaluate((log) => {
    const counts: number[] = [];
    Object.assign(window, { counts });
    new MutationObserver(() => counts.push(log.querySelectorAll('[data-seq]').length)).observe(log, { subtree: true, childList: true });
  });
  relay.hold();
  await say(ana, 250, (n) => `after ${n}`);
  relay.release();
  await hana.sees('after 249');
  expect(await hana.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBeLessThan(2);
  const counts = await hana.page.evaluate(() => (window as unknown as { counts: number[] }).counts);
  expect(Math.max(...counts)).toBeLessThan(200);
  await expect.poll(async () => {
    await hana.log.hover();
    await hana.page.mouse.wheel(0, -900);
    return (await hana.bodies()).includes('before 50');
  }).toBe(true);
  const bodies = await hana.bodies();
  const all = [...Array.from({ length: 100 }, (_, n) => `before ${n}`), 'hello', ...Array.from({ length: 250 }, (_, n) => `after ${n}`)];
  expect(bodies).toEqual(all.slice(all.indexOf(bodies[0]!), all.indexOf(bodies.at(-1)!) + 1));
});
