import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { afterEach, type TestContext } from 'node:test';
import type { Minato } from '../src/index.js';
import { folder } from './kit/folder.js';
import { enter } from './kit/guest.js';
import { executable, failingStart, startMinato } from './kit/minato.js';
import { lives, started } from './kit/processes.js';

afterEach(() => assert.deepEqual(started(), []));

const impatient = { executable, readyTimeout: 2000 };

async function stopAll(...servers: readonly Minato[]): Promise<void> {
  for (const server of servers) await server.stop();
}

test('two instances that start at once share one server', async (t) => {
  const data = join(folder(t), 'data');
  const both = await Promise.all([startMinato(t, { data }), startMinato(t, { data })]);
  assert.deepEqual(both.map((server) => server.owned).sort(), [false, true]);
  assert.equal(both[0].url, both[1].url);
  for (const server of both) assert.equal(await enter(server, await server.ticket('user-17', 'Aoi')), 'Aoi');
  await stopAll(...both);
});

test('who shares a server lets go of it without ending it', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data });
  const second = await startMinato(t, { data });
  await second.stop();
  assert.equal((await second.exited).reason, 'stopped');
  assert(lives(first.pid));
  await first.stop();
});

test('when the first instance ends its server, the second hears of it', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data });
  const second = await startMinato(t, { data });
  await first.stop();
  assert.equal((await second.exited).reason, 'ended');
});

test('… or takes over, where it restarts', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data });
  let takenOver!: (url: string) => void;
  const url = new Promise<string>((resolve) => (takenOver = resolve));
  const second = await startMinato(t, { data, restart: true, onRestart: (url) => takenOver(url) });
  await first.stop();
  assert.equal(await url, first.url);
  assert.equal(second.owned, true);
  assert.equal(await enter(second, await second.ticket('user-17', 'Aoi')), 'Aoi');
  await second.stop();
});

test('a server without the page’s origin is not shared', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data, embedOrigins: ['app://chat', 'http://127.0.0.1:5173'] });
  const error = await failingStart({ ...impatient, data, embedOrigins: ['http://127.0.0.1:5174'] });
  assert.deepEqual([error.code, error.pid, error.url], ['data_in_use', first.pid, first.url]);
  assert.match(error.message, /already serves this data .*started without the origin http:\/\/127\.0\.0\.1:5174/u);
  const second = await startMinato(t, { data, embedOrigins: ['APP://chat'] });
  assert.equal(second.owned, false);
  await stopAll(second, first);
});

/** One that no app started. */
async function startByHand(t: TestContext, data: string): Promise<{ pid: number; url: string; stop: () => Promise<unknown> }> {
  const child = spawn(executable, ['127.0.0.1:0', '--data', data, '--ready-json', '--exit-with-parent'], { stdio: ['pipe', 'pipe', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  return { ...JSON.parse(line) as { pid: number; url: string }, stop: () => (child.stdin.end(), ended) };
}

test('a server that a person started is not taken', async (t) => {
  const data = join(folder(t), 'data');
  const server = await startByHand(t, data);
  const error = await failingStart({ ...impatient, data });
  assert.deepEqual([error.code, error.pid, error.url], ['data_in_use', server.pid, server.url]);
  assert.match(error.message, /was not started by this app/u);
  await server.stop();
});

test('a file that others could have written is not believed', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data });
  chmodSync(join(data, 'host.json'), 0o644);
  assert.equal((await failingStart({ ...impatient, data })).code, 'data_in_use');
  await first.stop();
});

test('no token goes to a stranger who has got the port', async (t) => {
  const data = join(folder(t), 'data');
  const server = await startByHand(t, data);
  let visits = 0;
  const stranger = createServer((socket) => (visits++, socket.destroy())).listen(0, '127.0.0.1');
  t.after(() => stranger.close());
  await new Promise((resolve) => stranger.once('listening', resolve));
  const { port } = stranger.address() as AddressInfo;
  // What a killed server leaves, when its successor has the lock and has not yet said where it serves.
  const url = `http://127.0.0.1:${port}`;
  const left = JSON.stringify({ ...JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as object, url, port });
  writeFileSync(join(data, 'server.json'), left);
  writeFileSync(join(data, 'host.json'), JSON.stringify({ ...JSON.parse(left) as object, token: 'secret' }), { mode: 0o600 });
  const error = await failingStart({ ...impatient, data });
  assert.match(error.message, new RegExp(`process ${server.pid} does not have port ${port}`, 'u'));
  assert.equal(visits, 0);
  await server.stop();
});
