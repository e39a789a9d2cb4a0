import type { Page } from 'playwright-core';

/** What Chromium's compositor says of each frame of a scroll in its own trace. */
interface FrameReport {
  readonly state: string;
  readonly scroll_state: string;
  readonly affects_smoothness: boolean;
  readonly has_missing_content: boolean;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly args: { readonly frame_reporter?: FrameReport };
}

export interface Scrolled {
  /** Frames while the log was scrolled, those of them that came too late to be shown, and those in which something was not painted yet. */
  readonly frames: number;
  readonly dropped: number;
  readonly unpainted: number;
  /** How many messages went by. */
  readonly passed: number;
  readonly mounted: number;
}

/** Turns the wheel over the log, upwards by so many pixels a second, until so many messages have gone by. */
export async function scrollUp(page: Page, { speed, messages }: { speed: number; messages: number }): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const reports: FrameReport[] = [];
  browser.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, ph, args } of value as unknown as TraceEvent[]) if (name === 'PipelineReporter' && ph === 'b' && args.frame_reporter !== undefined) reports.push(args.frame_reporter);
  });
  const log = (await page.getByTestId('log').boundingBox())!;
  const from = await firstSeq(page);
  let mounted = 0;
  await browser.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['cc', 'benchmark'] } });
  let passed = 0;
  while (passed < messages) {
    await session.send('Input.synthesizeScrollGesture', { x: log.x + log.width / 2, y: log.y + log.height / 2, yDistance: speed * 2, speed, gestureSourceType: 'mouse', preventFling: true });
    mounted = Math.max(mounted, await page.locator('[data-testid=log] [data-seq]').count());
    passed = from - await firstSeq(page);
  }
  const complete = new Promise((done) => browser.once('Tracing.tracingComplete', done));
  await browser.send('Tracing.end');
  await complete;
  await browser.detach();
  await session.detach();
  const scrolling = reports.filter((report) => report.scroll_state !== 'SCROLL_NONE' && report.state !== 'STATE_NO_UPDATE_DESIRED');
  return {
    frames: scrolling.length,
    dropped: scrolling.filter((report) => report.state === 'STATE_DROPPED').length,
    unpainted: scrolling.filter((report) => report.has_missing_content).length,
    passed,
    mounted,
  };
}

async function firstSeq(page: Page): Promise<number> {
  return Number(await page.locator('[data-testid=log] [data-seq]').first().getAttribute('data-seq'));
}
