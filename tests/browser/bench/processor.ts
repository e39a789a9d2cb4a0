import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** Seconds that a page's main thread was at work: the processor's, not the clock's, so that whatever else the machine does is not in them. */
export class Work {
  readonly all: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;

  constructor(all: number, script: number, style: number, layout: number) {
    [this.all, this.script, this.style, this.layout] = [all, script, style, layout];
  }

  plus(other: Work, times = 1): Work {
    return new Work(this.all + times * other.all, this.script + times * other.script, this.style + times * other.style, this.layout + times * other.layout);
  }

  /** Of one of so many. */
  each(count: number): Work {
    return none.plus(this, 1 / count);
  }
}

const none = new Work(0, 0, 0, 0);

export class Meter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Without a throttle: that one lets the thread itself turn in circles. */
  static async of(page: Page): Promise<Meter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Meter(session);
  }

  /** The work of all that is counted meanwhile. */
  async add(run: (count: (part: () => Promise<unknown>) => Promise<void>) => Promise<void>): Promise<Work> {
    let sum = none;
    await run(async (part) => {
      const before = await this.#now();
      await part();
      sum = sum.plus(await this.#now()).plus(before, -1);
    });
    return sum;
  }

  async #now(): Promise<Work> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    return new Work(of('TaskDuration'), of('ScriptDuration'), of('RecalcStyleDuration'), of('LayoutDuration'));
  }
}

/** Gives the pages of these contexts another build than the server's own, under the server's headers. */
export async function servePage(context: BrowserContext, build: string): Promise<void> {
  // What was put into the browser's hands comes from no address: without this it may ask none of this machine.
  await context.grantPermissions(['local-network-access']);
  await context.route('**/*', async (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = join(resolve(build), path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return await route.fallback();
    if (path === '/') return await route.fulfill({ response: await route.fetch(), body: readFileSync(file) });
    await route.fulfill({ path: file });
  });
}
