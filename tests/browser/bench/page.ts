import { cpus } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import type { Harbour } from '../kit/harbour';
import type { MinatoServer } from '../kit/minato-server';
import { test } from '../kit/test';
import { fill, introduce, words } from './conversation';
import { median, ms, quantile } from './figures';
import { noteKeys, noteReadiness, openRoom, type Key } from './in-page';
import { scrollUp, type Scrolled } from './scroll';

/** Messages in the room; how many times slower than this machine the page's processor is; how many go by while scrolling. */
const total = Number(process.env['MINATO_BENCH_MESSAGES'] ?? 100_000);
const throttle = Number(process.env['MINATO_BENCH_THROTTLE'] ?? 4);
const passed = Math.min(20_000, total / 2);
const rounds = 7;

const rows: string[] = [];
const tell = (what: string, figure: string) => {
  rows.push(`| ${what} | ${figure} |`);
  console.log(`${what}: ${figure}`);
};

test('the page before a long conversation', async ({ harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const people = await Promise.all(['ana', 'ben', 'cho'].map((nick) => harbour.program(server, nick)));
  await fill(people, total);

  const [composer, messages] = [[] as number[], [] as number[]];
  for (let round = 0; round < rounds; round++) {
    const { page } = await slowPage(harbour, server);
    const noted = await page.evaluate(() => (window as unknown as { noted: { composer: number; messages: number } }).noted);
    composer.push(noted.composer);
    messages.push(noted.messages);
    await page.context().close();
  }
  tell('first load → the composer takes what is typed', ms(median(composer)));
  tell('first load → the newest messages are painted', ms(median(messages)));

  const { page, session } = await slowPage(harbour, server);
  await introduce(page);
  const openings: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(openRoom, 'garden');
    openings.push(await page.evaluate(openRoom, 'lobby'));
  }
  tell('opening the room', ms(median(openings)));

  tell('typing into a page with nothing but a text area', await typing(await bare(harbour)));
  tell('typing, nothing arrives', await typing(page));
  const arriving = setInterval(() => people[0]!.send({ op: 'send', cid: `live-${Math.random()}`, room: '#lobby', body: words }), 5);
  tell('typing, 200 messages a second arrive', await typing(page));
  clearInterval(arriving);

  const before = await heap(session);
  const slow = await scrollUp(page, { speed: 3_600, messages: Math.min(1_000, passed / 4) });
  tell('scrolling, 3,600 pixels a second', frames(slow));
  const fast = await scrollUp(page, { speed: 24_000, messages: passed });
  tell(`scrolling, up to 24,000 pixels a second, through ${fast.passed.toLocaleString('en')} messages`, frames(fast));
  tell('messages mounted at most', String(Math.max(slow.mounted, fast.mounted)));
  tell('JavaScript heap before scrolling → after', `${before} → ${await heap(session)}`);
  console.log(`\n${total.toLocaleString('en')} messages, processor ${throttle} times slower, ${cpus().length} × ${cpus()[0]!.model}\n\n| | |\n|---|---|\n${rows.join('\n')}\n`);
});

function frames({ frames, dropped, unpainted }: Scrolled): string {
  const part = (count: number) => `${(count / frames * 100).toFixed(1)} %`;
  return `of ${frames.toLocaleString('en')} frames ${part(dropped)} dropped, ${part(unpainted)} with a part unpainted`;
}

/** What no page can be better than, on this processor in this minute. */
async function bare(harbour: Harbour): Promise<Page> {
  const { page } = await throttled(harbour);
  await page.setContent('<textarea data-testid="composer"></textarea>');
  return page;
}

async function throttled(harbour: Harbour): Promise<{ page: Page; session: CDPSession }> {
  const page = await (await harbour.device()).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  return { page, session };
}

async function slowPage(harbour: Harbour, server: MinatoServer): Promise<{ page: Page; session: CDPSession }> {
  const { page, session } = await throttled(harbour);
  await page.addInitScript(noteReadiness);
  await session.send('Performance.enable');
  await page.goto(server.url);
  await page.waitForFunction(() => (window as unknown as { noted: { messages?: number } }).noted.messages !== undefined);
  return { page, session };
}

async function typing(page: Page): Promise<string> {
  await page.getByTestId('composer').fill('');
  await page.evaluate(noteKeys);
  for (let key = 0; key < 150; key++) {
    await page.keyboard.press('abcdefgh '[key % 9]!);
    await page.waitForTimeout(25 + (key % 7) * 5);
  }
  const keys = await page.evaluate(() => (window as unknown as { keys: Key[] }).keys);
  const [all, frame] = [keys.map((key) => key.all), keys.map((key) => key.frame)];
  return `p50 ${ms(median(all))}, p95 ${ms(quantile(all, 0.95))}; from the frame that was due p50 ${ms(median(frame))}, p95 ${ms(quantile(frame, 0.95))}`;
}

async function heap(session: CDPSession): Promise<string> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return `${(metrics.find((metric) => metric.name === 'JSHeapUsedSize')!.value / 2 ** 20).toFixed(1)} MiB`;
}
