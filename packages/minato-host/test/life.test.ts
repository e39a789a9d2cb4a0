import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { afterEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start } from '../src/index.js';
import { folder, program } from './kit/folder.js';
import { executable, startMinato } from './kit/minato.js';
import { lives, read, started, until } from './kit/processes.js';

afterEach(() => assert.deepEqual(started(), []));

const readyLine = '{"v":1,"ready":true,"url":"http://127.0.0.1:9","address":"127.0.0.1","port":9,"pid":1}';

test('a server serves where it says, until it is stopped', async (t) => {
  const server = await startMinato(t);
  assert.equal(server.url, `http://127.0.0.1:${server.port}`);
  assert.equal(server.owned, true);
  assert.equal(await (await fetch(`${server.url}/healthz`)).text(), 'ok\n');
  assert(lives(server.pid));
  await server.stop();
  assert(!lives(server.pid));
  assert.deepEqual(await server.exited, { reason: 'stopped', code: 0, signal: null });
  await assert.rejects(server.ticket(), { name: 'MinatoError', code: 'stopped' });
  await server.stop();
});

test('a server that ends by itself is told, and why', async (t) => {
  const server = await startMinato(t);
  process.kill(server.pid, 'SIGKILL');
  assert.deepEqual(await server.exited, { reason: 'ended', code: null, signal: 'SIGKILL' });
});

test('a server ends with its host, also when that is killed', async (t) => {
  const host = spawn(process.execPath, [fileURLToPath(new URL('./kit/host.js', import.meta.url)), executable, join(folder(t), 'data')], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => host.kill('SIGKILL'));
  const line = await new Promise<string>((resolve) => createInterface(host.stdout).once('line', resolve));
  const { pid } = JSON.parse(line) as { pid: number };
  assert(lives(pid));
  host.kill('SIGKILL');
  await until(`server ${pid} has ended`, () => !lives(pid));
});

test('a program that will not end is made to, with what it started', async (t) => {
  const stubborn = program(t, 'trap "" TERM HUP INT', `echo '${readyLine}'`, 'sleep 1000 & sleep 1000');
  const server = await start({ executable: stubborn, memory: true, stopTimeout: 100 });
  t.after(() => server.stop());
  // The shell, and both that sleep: they are begun after the line.
  await until('the program has started others', () => started().length === 3);
  await server.stop();
  assert.deepEqual(await server.exited, { reason: 'stopped', code: null, signal: 'SIGKILL' });
});

test('an app’s signal ends the server', async () => {
  const end = new AbortController();
  const server = await start({ executable, memory: true, readyTimeout: 60_000, signal: end.signal });
  end.abort();
  assert.equal((await server.exited).reason, 'stopped');
});

test('the launch token is in the environment and a private file, and nowhere else', async (t) => {
  const data = join(folder(t), 'data');
  const lines: string[] = [];
  const server = await startMinato(t, { data, onLog: (line) => lines.push(line) });
  const { token } = JSON.parse(readFileSync(join(data, 'host.json'), 'utf8')) as { token: string };
  assert.match(token, /^[0-9a-f]{64}$/u);
  assert.equal(statSync(join(data, 'host.json')).mode & 0o777, 0o600);
  assert(read(server.pid, 'environ').includes(token));
  await server.stop();
  assert(lines.length > 0);
  assert(!lines.join('\n').includes(token));
});

test('no argument of any process has the launch token', async (t) => {
  const data = join(folder(t), 'data');
  const server = await startMinato(t, { data });
  const { token } = JSON.parse(readFileSync(join(data, 'host.json'), 'utf8')) as { token: string };
  assert.match(read(server.pid, 'cmdline'), /--access\0token/u);
  for (const pid of [process.pid, ...started()]) assert(!read(pid, 'cmdline').includes(token));
  await server.stop();
});
