import { say } from '../kit/conversation';
import type { Harbour } from '../kit/harbour';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

const words = 'harbour lights 港の灯り wind and water over the long pier ';
/** Of many lengths, so that a narrower log breaks them differently. */
const body = (n: number) => `${n} ${words.repeat(n % 7)}`.trim();

/** The first message in sight, and how far its text begins below the log's upper edge. */
function first(person: Person): Promise<{ seq: number; top: number }> {
  return person.log.evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    const text = [...log.querySelectorAll('.body')].find((text) => text.getBoundingClientRect().bottom > edge)!;
    return { seq: Number(text.closest<HTMLElement>('[data-seq]')!.dataset['seq']), top: text.getBoundingClientRect().top - edge };
  });
}

function topOf(person: Person, seq: number): Promise<number> {
  return person.log.evaluate((log, seq) => log.querySelector(`[data-seq="${seq}"] .body`)!.getBoundingClientRect().top - log.getBoundingClientRect().top, seq);
}

const frames = (person: Person) => person.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Once nothing moves any more. */
async function settled(person: Person): Promise<{ seq: number; top: number }> {
  let last = await first(person);
  await expect.poll(async () => {
    const before = last;
    await frames(person);
    last = await first(person);
    return last.seq === before.seq && last.top === before.top;
  }).toBe(true);
  return last;
}

async function stays(person: Person, at: { seq: number; top: number }, what: string): Promise<void> {
  await frames(person);
  expect(Math.abs(await topOf(person, at.seq) - at.top), `${what} moved ${at.seq}`).toBeLessThanOrEqual(1);
}

/** Somebody in the middle of a long conversation, behind a relay. */
async function reader(harbour: Harbour) {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  const seqs = await say(ana, 600, body);
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.introduce('hana', 'hello');
  await hana.page.evaluate((seq) => (location.hash = `#lobby/${seq}`), seqs[300]);
  await hana.page.locator(`[data-seq="${seqs[300]}"]`).waitFor();
  await hana.log.hover();
  return { ana, relay, hana, seqs };
}

const ways = {
  wheel: (person: Person, way: number) => person.page.mouse.wheel(0, way * 700),
  keys: (person: Person, way: number) => person.log.press(way < 0 ? 'PageUp' : 'PageDown'),
  ends: (person: Person, way: number) => person.log.press(way < 0 ? 'Home' : 'End'),
  /** As far as a thumb is dragged at once. */
  thumb: (person: Person, way: number) => person.log.evaluate((log, way) => (log.scrollTop += way * log.scrollHeight / 2), way),
};

for (const [name, move] of Object.entries(ways)) {
  test.for([['older', -1], ['newer', 1]] as const)(`nothing moves when %s ones come, by ${name}`, async ([, way], { harbour }) => {
    const { relay, hana } = await reader(harbour);
    const atEdge = () => hana.log.evaluate((log, way) => {
      const [lines, view] = [[...log.querySelectorAll('.line')].map((line) => line.getBoundingClientRect()), log.getBoundingClientRect()];
      return way < 0 ? lines[0]!.bottom > view.top : lines.at(-1)!.top < view.bottom;
    }, way);
    const edge = async () => (await hana.log.locator('[data-seq]').evaluateAll((all, way) => (way < 0 ? all[0] : all.at(-1))?.getAttribute('data-seq'), way));
    for (let pages = 0; pages < 2; pages++) {
      relay.hold();
      await expect.poll(async () => {
        await move(hana, way);
        return relay.holds('"op":"history"') && await atEdge();
      }).toBe(true);
      const at = await settled(hana);
      const before = await edge();
      relay.release();
      await expect.poll(edge).not.toBe(before);
      await stays(hana, at, name);
    }
  });
}

test('nothing moves when something above becomes higher late, or lower', async ({ harbour }) => {
  const { hana } = await reader(harbour);
  const at = await settled(hana);
  const above = hana.page.locator(`[data-seq="${at.seq - 3}"] .body`);
  await above.evaluate((text) => {
    const image = text.appendChild(document.createElement('img'));
    [image.style.display, image.style.height] = ['block', '240px'];
  });
  await stays(hana, at, 'an image');
  await above.evaluate((text) => text.querySelector('img')!.remove());
  await stays(hana, at, 'an image that went');
});

test('nothing moves when the window or the log becomes smaller or larger', async ({ harbour }) => {
  const { hana } = await reader(harbour);
  const at = await settled(hana);
  for (const [width, height] of [[760, 500], [1_300, 900], [1_000, 700]] as const) {
    await hana.page.setViewportSize({ width, height });
    await stays(hana, at, `${width} × ${height}`);
  }
  await hana.details();
  await stays(hana, at, 'the details');
  await hana.page.keyboard.press('Escape');
  await hana.page.getByTestId('details').waitFor({ state: 'detached' });
  await stays(hana, at, 'the end of the details');
  await hana.composer.fill('a\nb\nc\nd');
  await stays(hana, at, 'a composer that grew');
});

test('at its end the log stays at its end, whatever becomes higher', async ({ harbour }) => {
  const { hana } = await reader(harbour);
  await hana.page.getByTestId('latest').click();
  const below = () => hana.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await expect.poll(below).toBeLessThan(2);
  for (const [width, height] of [[760, 500], [1_300, 900]] as const) {
    await hana.page.setViewportSize({ width, height });
    await frames(hana);
    expect(await below()).toBeLessThan(2);
  }
  await hana.log.locator('.body').last().evaluate((text) => (text.style.paddingBottom = '300px'));
  await frames(hana);
  expect(await below()).toBeLessThan(2);
});

test('nothing moves while messages pour in', async ({ harbour }) => {
  const { ana, hana } = await reader(harbour);
  const at = await settled(hana);
  await say(ana, 1_200, (n) => `more ${n}`);
  await expect.poll(() => hana.page.getByTestId('latest').textContent()).not.toBe('To the newest');
  await stays(hana, at, 'what came');
});
