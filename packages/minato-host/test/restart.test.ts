import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { afterEach } from 'node:test';
import { start } from '../src/index.js';
import { folder, program } from './kit/folder.js';
import { enter } from './kit/guest.js';
import { executable, startMinato } from './kit/minato.js';
import { lives, started } from './kit/processes.js';

afterEach(() => assert.deepEqual(started(), []));

function whenRestarted(): { onRestart: (url: string) => void; restarted: Promise<string> } {
  let onRestart!: (url: string) => void;
  const restarted = new Promise<string>((resolve) => (onRestart = resolve));
  return { onRestart, restarted };
}

test('a server that was killed comes back where it was, and tickets go on', async (t) => {
  const { onRestart, restarted } = whenRestarted();
  const server = await startMinato(t, { data: join(folder(t), 'data'), restart: true, onRestart });
  const { url, pid } = server;
  assert.equal(await enter(server, await server.ticket('user-17', 'Aoi')), 'Aoi');
  process.kill(pid, 'SIGKILL');
  // Asked for while there is no server: it waits for the next.
  const ticket = await server.ticket('user-17');
  assert.equal(await restarted, url);
  assert.notEqual(server.pid, pid);
  assert.equal(await enter(server, ticket), 'Aoi');
  await server.stop();
  assert.equal((await server.exited).reason, 'stopped');
});

test('a server that does not come back is given up', async (t) => {
  const once = join(folder(t), 'once');
  const fragile = program(t,
    `if [ -e ${once} ]; then echo "no more" >&2; exit 1; fi`, `touch ${once}`,
    'echo \'{"v":1,"ready":true,"url":"http://127.0.0.1:9","address":"127.0.0.1","port":9,"pid":1}\'', 'exit 3');
  const server = await start({ executable: fragile, memory: true, restart: true });
  const waiting = server.ticket();
  waiting.catch(() => {});
  const { reason, code, error } = await server.exited;
  assert.deepEqual([reason, code], ['gave_up', 3]);
  assert.deepEqual((error as { lastLines?: unknown }).lastLines, ['no more']);
  await assert.rejects(waiting, { code: 'stopped' });
  await server.stop();
});

test('a stop ends what is just being started again', async (t) => {
  const server = await startMinato(t, { restart: true });
  process.kill(server.pid, 'SIGKILL');
  const { pid } = server;
  await server.stop();
  assert(!lives(pid));
  assert.equal((await server.exited).reason, 'stopped');
});

test('a stop is no crash', async () => {
  let restarts = 0;
  const server = await start({ executable, memory: true, readyTimeout: 60_000, restart: true, onRestart: () => restarts++ });
  await server.stop();
  assert.equal(restarts, 0);
});
