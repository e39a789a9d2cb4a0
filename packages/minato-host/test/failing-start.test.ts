import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import test, { afterEach } from 'node:test';
import { start } from '../src/index.js';
import { folder, program } from './kit/folder.js';
import { executable, failingStart } from './kit/minato.js';
import { started, until } from './kit/processes.js';

afterEach(() => assert.deepEqual(started(), []));

test('an executable that is not there', async () => {
  const error = await failingStart({ executable: '/nowhere/minato', memory: true });
  assert.equal(error.code, 'executable_missing');
  assert.match(error.message, /^\/nowhere\/minato is not there\. .*MINATO_EXECUTABLE/u);
});

test('a file that cannot be executed', async (t) => {
  const file = program(t, 'exit 0');
  chmodSync(file, 0o644);
  const error = await failingStart({ executable: file, memory: true });
  assert.equal(error.code, 'executable_missing');
  assert.match(error.message, /cannot be executed/u);
});

test('a program that says something else', async (t) => {
  const error = await failingStart({ executable: program(t, 'echo hello', 'sleep 1000'), memory: true });
  assert.equal(error.code, 'not_minato');
  assert.match(error.message, /its first line was "hello"/u);
});

test('a program that never says anything', async (t) => {
  const error = await failingStart({ executable: program(t, 'echo "still thinking" >&2', 'sleep 1000'), memory: true, readyTimeout: 500 });
  assert.equal(error.code, 'timeout');
  assert.match(error.message, /^Server start timeout: .*500 ms/u);
  assert.deepEqual(error.lastLines, ['still thinking']);
});

test('a program that will not stop talking', async (t) => {
  const before = process.memoryUsage.rss();
  const talk = 'head -c 1000000000 /dev/zero';
  for (const [line, code] of [[talk, 'not_minato'], [`${talk} | tr "\\0" "x"`, 'not_minato'], [`${talk} >&2`, 'timeout']] as const) {
    const error = await failingStart({ executable: program(t, line, 'sleep 1000'), memory: true, readyTimeout: code === 'timeout' ? 1000 : 20_000 });
    assert.equal(error.code, code);
    assert(error.lastLines.join('').length <= 50 * 8192);
  }
  assert(process.memoryUsage.rss() - before < 200 * 1024 * 1024);
});

test('a program that ends', async (t) => {
  const error = await failingStart({ executable: program(t, 'seq 100 >&2', 'exit 7'), memory: true });
  assert.equal(error.code, 'ended');
  assert.match(error.message, /ended with code 7/u);
  assert.deepEqual(error.lastLines, Array.from({ length: 50 }, (_, i) => `${51 + i}`));
});

test('a program that ends and leaves another behind', async (t) => {
  const error = await failingStart({ executable: program(t, 'sleep 1000 & exit 7'), memory: true });
  assert.equal(error.code, 'ended');
});

test('a program that ends and whose output another has taken away', async (t) => {
  const escapee = 'setsid sh -c "sleep 2"';
  const error = await failingStart({ executable: program(t, `${escapee} &`, 'sleep 0.1', 'exit 7'), memory: true });
  assert.equal(error.code, 'ended');
  // Who leaves its group is out of our reach; this one ends by itself.
  await until('the escapee has ended', () => started().length === 0);
});

test('a program that writes its environment shows no token', async (t) => {
  const lines: string[] = [];
  const error = await failingStart({ executable: program(t, 'env | grep ^MINATO_TOKEN= >&2', 'env | grep ^MINATO_TOKEN='), memory: true, onLog: (line) => lines.push(line) });
  assert.deepEqual([error.lastLines, lines], [['MINATO_TOKEN=(token)'], ['MINATO_TOKEN=(token)']]);
  assert.match(error.message, /"MINATO_TOKEN=\(token\)"/u);
});

test('a port that somebody has is named, and so is who has it', async (t) => {
  const holder = createServer().listen(0, '127.0.0.1');
  t.after(() => holder.close());
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as AddressInfo;
  const error = await failingStart({ executable, memory: true, port, readyTimeout: 60_000 });
  assert.deepEqual([error.code, error.port, error.pid], ['port_in_use', port, process.pid]);
});

test('a data folder that cannot be written', async () => {
  const error = await failingStart({ executable, data: '/proc/minato', readyTimeout: 60_000 });
  assert.equal(error.code, 'database');
});

test('an option that Minato does not know', async () => {
  const error = await failingStart({ executable, memory: true, args: ['--no-such-option'], readyTimeout: 60_000 });
  assert.equal(error.code, 'ended');
  assert.match(error.lastLines.join('\n'), /--no-such-option/u);
});

test('an app that gives up while it waits', async (t) => {
  const giveUp = new AbortController();
  const silent = program(t, 'echo begun >&2', 'sleep 1000');
  const failing = failingStart({ executable: silent, memory: true, signal: giveUp.signal, onLog: () => giveUp.abort() });
  assert.equal((await failing).code, 'aborted');
  assert.equal((await failingStart({ executable: silent, memory: true, signal: AbortSignal.abort() })).code, 'aborted');
});

test('options that do not go together', async (t) => {
  await assert.rejects(start({}), TypeError);
  await assert.rejects(start({ data: join(folder(t), 'data'), memory: true }), TypeError);
  await assert.rejects(start({ memory: true, sticky: 'app', port: 8080 }), TypeError);
});
