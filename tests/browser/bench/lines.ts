import { basename, resolve } from 'node:path';
import type { Harbour } from '../kit/harbour';
import { test } from '../kit/test';
import { fill, introduce, words } from './conversation';
import { median } from './figures';
import { arrived, openRoom } from './in-page';
import { Meter, servePage, type Work } from './processor';

/** Builds of the page (folders like web/dist) that take turns; without any it is the server's own. */
const builds = process.env['MINATO_BENCH_PAGES']?.split(',') ?? [''];
const rounds = Number(process.env['MINATO_BENCH_ROUNDS'] ?? 5);
/** Messages in the room before: more than a page mounts at first. How many arrive then: all that it mounts at most goes by twice. */
const held = 600;
const arriving = Number(process.env['MINATO_BENCH_MESSAGES'] ?? 1_000);
/** How many come at once: what is said in a frame where 200 are said in a second. */
const together = 4;
const openings = 9;

interface Measured {
  /** For each message that arrives while the log is at its end, and for each line of a room that opens. */
  readonly arriving: Work;
  readonly opening: Work;
}

test('what a line of the log costs the processor', async ({ harbour }) => {
  const measured: Measured[][] = builds.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [which, build] of builds.entries()) {
      const one = await measure(harbour, build);
      measured[which]!.push(one);
      console.log(`${nameOf(build)}: ${said([one.arriving])} | ${said([one.opening])}`);
    }
  }
  const table = builds.map((build, which) => `| ${nameOf(build)} | ${(['arriving', 'opening'] as const).map((what) => {
    const ratios = measured[which]!.map((one, round) => one[what].all / measured[0]![round]![what].all);
    return `${said(measured[which]!.map((one) => one[what]))} | ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`;
  }).join(' | ')} |`);
  console.log(`\nmicroseconds of the main thread (script, style, layout), medians of ${rounds}, and those of each round ÷ the first build's\n`);
  console.log(`| | a message that arrives | ÷ | a line of a room that opens | ÷ |\n|---|---|---|---|---|\n${table.join('\n')}\n`);
});

/** On a server and a page of its own: what an earlier round left behind is no matter of this one. */
async function measure(harbour: Harbour, build: string): Promise<Measured> {
  const server = await harbour.server('--no-rate-limits');
  const people = await Promise.all(['ana', 'ben', 'cho'].map((nick) => harbour.program(server, nick)));
  await fill(people, held);
  const context = await harbour.device();
  if (build !== '') await servePage(context, build);
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator('[data-seq]').first().waitFor();
  await introduce(page);
  await page.evaluate(openRoom, 'lobby');
  const meter = await Meter.of(page);

  let lines = 0;
  const opening = await meter.add(async (count) => {
    for (let n = 0; n < openings; n++) {
      await page.evaluate(openRoom, 'garden');
      await count(() => page.evaluate(openRoom, 'lobby'));
      lines += await page.locator('[data-testid=log] [data-seq]').count();
    }
  });
  const coming = await meter.add((count) => count(async () => {
    for (let n = 0; n < arriving; n += together) {
      // Two say something, each twice.
      const said = Array.from({ length: together }, (_, i) => ({ person: people[(n / together + (i < together / 2 ? 0 : 1)) % people.length]!, cid: `live-${n + i}` }));
      said.forEach(({ person, cid }) => person.send({ op: 'send', cid, room: '#lobby', body: `${cid} ${words}` }));
      const seqs: number[] = [];
      for (const { person, cid } of said) seqs.push((await person.receives('ok', (ok) => ok['cid'] === cid))['seq'] as number);
      await page.evaluate(arrived, Math.max(...seqs));
    }
  }));
  await context.close();
  await server.stop();
  return { arriving: coming.each(arriving), opening: opening.each(lines) };
}

function said(works: readonly Work[]): string {
  const of = (part: (work: Work) => number) => (median(works.map(part)) * 1e6).toFixed(0);
  return `${of(({ all }) => all)} (${of(({ script }) => script)}, ${of(({ style }) => style)}, ${of(({ layout }) => layout)})`;
}

const nameOf = (build: string) => (build === '' ? 'the page' : basename(resolve(build)));
