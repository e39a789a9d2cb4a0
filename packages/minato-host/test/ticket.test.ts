import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { folder } from './kit/folder.js';
import { enter } from './kit/guest.js';
import { startMinato } from './kit/minato.js';

test('a ticket lets one page in, once', async (t) => {
  const server = await startMinato(t);
  const ticket = await server.ticket();
  assert.match(ticket, /^[\w-]{43}$/u);
  assert.match(await enter(server, ticket), /^guest-/u);
  assert.equal(await enter(server, ticket), 'login_required');
});

test('a person is the same at every start', async (t) => {
  const data = join(folder(t), 'data');
  const first = await startMinato(t, { data });
  assert.equal(await enter(first, await first.ticket('user-17', 'Aoi')), 'Aoi');
  await first.stop();
  const second = await startMinato(t, { data });
  assert.equal(await enter(second, await second.ticket('user-17', 'Another')), 'Aoi');
  assert.equal(await enter(second, await second.ticket('user-18', 'Aoi')), 'Aoi-2');
});

test('what is wrong with a person is said by Minato', async (t) => {
  const server = await startMinato(t);
  await assert.rejects(server.ticket('x'.repeat(129)), { name: 'MinatoError', code: 'bad_request' });
  await assert.rejects(server.ticket('user-17', 'a b'), { name: 'MinatoError', code: 'bad_nick' });
});
