import { App, apps, type AppName } from './kit/app';
import { expect, test } from './kit/test';

/** Of each app. */
const starts = Number(process.env['MINATO_APP_STARTS'] ?? 100);
/** What a start may take on two cores that others use as well, in milliseconds. */
const patience = 30_000;
/** From the end of an app until whatever is left of it is left behind, in milliseconds: as long as Minato may take to say goodbye. */
const grace = 5_000;

test('apps start and end, and their page shows the chat each time', { timeout: 3 * starts * patience }, async ({ browser }) => {
  const failures: string[] = [];
  for (const name of Object.keys(apps) as AppName[]) {
    const times: number[] = [];
    let left = 0;
    for (let n = 1; n <= starts; n++) {
      const began = performance.now();
      const app = await App.start(name);
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(app.url);
        await page.frameLocator('iframe').getByTestId('composer').waitFor({ timeout: patience });
        times.push(performance.now() - began);
      } catch (error) {
        failures.push(`${name}, start ${n}: ${(error as Error).message}`);
      }
      await context.close();
      // Every other one as an app should end, the rest as none should.
      await app.stop(n % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      left += await leftAfter(app);
      await app.end();
      if (n % 10 === 0) console.log(`${name}: ${n} of ${starts} started and ended, ${failures.length} failures, ${left} processes left, shown after ${median(times)} ms`);
    }
    if (left > 0) failures.push(`${name}: ${left} processes left`);
    console.log(`${name}: ${starts} starts, ${times.length} shown, ${left} processes left, median time to shown ${median(times)} ms`);
  }
  expect(failures).toEqual([]);
});

/** How many processes live after the grace; as soon as there is none, none. */
async function leftAfter(app: App): Promise<number> {
  const deadline = performance.now() + grace;
  while (app.processes.length > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  return app.processes.length;
}

function median(times: readonly number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[times.length >> 1] ?? 0);
}
