import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get } from '../kit/http';
import { MinatoServer } from '../kit/minato-server';

const tools = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** What somebody would write who has nothing but the generated types. */
const client = `
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

const baseUrl = process.argv[2] ?? '';
const guest = createClient<paths>({ baseUrl });
const started = await guest.POST('/api/v1/sessions', { body: { nick: 'generated' } });
if (started.data === undefined) throw new Error(started.error.code);
const me = createClient<paths>({ baseUrl, headers: { Authorization: 'Bearer ' + started.data.session } });
const lobby = { room: 'lobby' };
const said = await me.POST('/api/v1/rooms/{room}/messages', {
  params: { path: lobby, header: { 'Idempotency-Key': 'one' } }, body: { body: 'typed hello' },
});
if (said.data === undefined) throw new Error(said.error.code);
const events = await me.GET('/api/v1/rooms/{room}/events', { params: { path: lobby, query: { after: said.data.seq - 1 } } });
const nowhere = await me.GET('/api/v1/rooms/{room}', { params: { path: { room: 'nowhere' } } });
const code: 'no_such_room' | undefined = nowhere.error?.code === 'no_such_room' ? nowhere.error.code : undefined;
console.log(JSON.stringify({ body: events.data?.events[0]?.body, by: events.data?.events[0]?.from.nick, code }));
`;

/** The same with a mistake in every line that the types are to notice. */
const mistakes = `
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

const me = createClient<paths>({ baseUrl: '' });
await me.POST('/api/v1/rooms/{room}/messages', { params: { path: { room: 'lobby' }, header: { 'Idempotency-Key': 'one' } }, body: { text: 'x' } });
await me.POST('/api/v1/rooms/{room}/messages', { params: { path: { room: 'lobby' } }, body: { body: 'x' } });
await me.GET('/api/v1/room/{room}', { params: { path: { room: 'lobby' } } });
`;

let server: MinatoServer;
let folder: string;

beforeAll(async () => {
  server = await MinatoServer.start([]);
  // Below node_modules, where what is generated finds what it needs and nobody takes it for source.
  folder = mkdtempSync(join(tools, '.openapi-'));
  writeFileSync(join(folder, 'openapi.json'), (await get(`${server.url}/openapi/v1.json`)).body);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  run(join(tools, 'openapi-typescript/bin/cli.js'), 'openapi.json', '-o', 'api.d.ts');
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a client that a generator wrote compiles and is understood', () => {
  compile('client', client);
  expect(JSON.parse(run('client.js', server.url))).toEqual({ body: 'typed hello', by: 'generated', code: 'no_such_room' });
});

test('what the description does not allow does not compile', () => {
  const errors = refused(() => compile('mistakes', mistakes));
  for (const line of [6, 7, 8]) expect(errors).toContain(`mistakes.ts(${line},`);
});

function compile(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.ts`), text);
  run(join(tools, 'typescript/bin/tsc'), '--ignoreConfig', '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--skipLibCheck', `${name}.ts`);
}

function run(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function refused(act: () => void): string {
  try {
    act();
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
  return '';
}
