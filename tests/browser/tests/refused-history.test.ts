import type { BrowserContext } from 'playwright-core';
import { say } from '../kit/conversation';
import type { Harbour } from '../kit/harbour';
import { expect, test } from '../kit/test';

/** A server that answers questions for history by a fault for as long as it is told to, and how often it was asked. */
async function faulty(device: BrowserContext) {
  const fault = { is: false, asked: 0, hold: false, held: [] as (() => void)[] };
  await device.routeWebSocket('**/ws', (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { op: string; rid: string };
      if (frame.op === 'history') fault.asked++;
      if (frame.op === 'history' && fault.is) page.send(JSON.stringify({ op: 'error', rid: frame.rid, code: 'storage_failed', message: '' }));
      else server.send(text);
    });
    server.onMessage((text) => {
      if (fault.hold && (JSON.parse(String(text)) as { op: string }).op === 'history') fault.held.push(() => page.send(text));
      else page.send(text);
    });
  });
  return fault;
}

async function longConversation(harbour: Harbour) {
  const server = await harbour.server('--no-rate-limits');
  const ana = await harbour.program(server, 'ana');
  const seqs = await say(ana, 300, (n) => `post ${n}`);
  const device = await harbour.device();
  return { server, device, seqs, ana, fault: await faulty(device) };
}

test('a room whose messages do not come says so, and has them when it is asked again', async ({ harbour }) => {
  const { server, device, fault } = await longConversation(harbour);
  fault.is = true;
  const hana = await harbour.visitor(server, device);
  const refused = hana.page.getByTestId('history-refused');
  await refused.waitFor();
  await expect.poll(() => refused.textContent()).toContain('Messages could not be fetched.');
  await refused.getByRole('button').click();
  await expect.poll(() => fault.asked).toBe(2);
  fault.is = false;
  await refused.getByRole('button').click();
  await hana.sees('post 299');
  await expect.poll(() => refused.count()).toBe(0);
});

test('older messages that are refused are not asked for again until somebody says so', async ({ harbour }) => {
  const { server, device, fault } = await longConversation(harbour);
  const hana = await harbour.visitor(server, device);
  await hana.sees('post 299');
  const [oldest] = await hana.bodies();
  [fault.is, fault.asked] = [true, 0];
  await hana.log.evaluate((log) => log.scrollTo({ top: 0, behavior: 'instant' }));
  const refused = hana.page.getByTestId('history-refused');
  await refused.waitFor();
  // As many frames as a storm would have asked in.
  await hana.page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });
  await hana.log.evaluate((log) => log.scrollBy({ top: 5, behavior: 'instant' }));
  await hana.log.evaluate((log) => log.scrollTo({ top: 0, behavior: 'instant' }));
  expect(fault.asked).toBe(1);
  fault.is = false;
  await refused.getByRole('button').click();
  await expect.poll(async () => (await hana.bodies())[0]).not.toBe(oldest);
});

test('who leaves a room before a jump is answered finds its newest messages there again', async ({ harbour }) => {
  const { server, device, fault, seqs, ana } = await longConversation(harbour);
  const hana = await harbour.visitor(server, device);
  await hana.introduce('hana', 'newest');
  await hana.createRoom('dev');
  await hana.open('lobby');
  fault.hold = true;
  await hana.page.evaluate((hash) => (location.hash = hash), `#lobby/${seqs[10]}`);
  await expect.poll(() => fault.held.length).toBe(1);
  await hana.open('dev');
  fault.hold = false;
  for (const release of fault.held) release();
  await hana.open('lobby');
  await hana.sees('newest');
  ana.send({ op: 'send', cid: 'live', room: '#lobby', body: 'live' });
  await hana.sees('live');
  await expect.poll(() => hana.page.getByTestId('latest').count()).toBe(0);
});
