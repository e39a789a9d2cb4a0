import { beforeEach, expect, test } from 'vitest';
import { AccountApi } from '../../src/account/account-api';
import { FakeApi } from '../support/fake-api';

let server: FakeApi;
let api: AccountApi;

beforeEach(() => {
  server = new FakeApi();
  api = new AccountApi(server.ask, 'Firefox · Linux');
});

const you = { id: 'u', nick: 'aoi', guest: false, role: 'owner' };

test('Who logs in asks for a cookie, says on what device, and gets no secret', async () => {
  const opened = api.logIn('aoi', 'pw');
  expect(server.to('/api/v1/logins')).toMatchObject({ method: 'POST', body: { nick: 'aoi', password: 'pw', device: 'Firefox · Linux', cookie: true } });
  await server.answer('/api/v1/logins', 201, { you, session: 'not for scripts' });
  expect(await opened).toEqual({ op: 'opened', you });
});

test('What a newcomer does not have is not sent', () => {
  void api.signUp({ nick: 'aoi', password: 'pw', invitation: null, guest: null });
  expect(Object.keys(server.to('/api/v1/accounts').body!)).toEqual(['nick', 'password', 'device', 'cookie']);
  void api.signUp({ nick: 'aoi', password: 'pw', invitation: 'i', guest: 'g' });
  expect(server.to('/api/v1/accounts').body).toMatchObject({ invitation: 'i', guest: 'g' });
});

test('A refusal says its code, and how long to wait', async () => {
  const refused = api.logIn('aoi', 'pw');
  await server.answer('/api/v1/logins', 429, { title: 'Too Many Requests', status: 429, code: 'rate_limited', detail: 'Too fast.', retryAfter: 4000 });
  expect(await refused).toEqual({ op: 'error', code: 'rate_limited', message: 'Too fast.', retryAfter: 4000 });
});

test('No answer, and one that is not as it should be, are refusals, too', async () => {
  const silent = api.tokens();
  server.to('/api/v1/tokens').answer(null);
  expect(await silent).toMatchObject({ op: 'error', code: 'unreachable' });
  const bent = api.tokens();
  await server.answer('/api/v1/tokens', 200, { tokens: [{ id: 'only this' }] });
  expect(await bent).toMatchObject({ op: 'error', code: 'unknown' });
  const page = api.tokens();
  await server.answer('/api/v1/tokens', 502, null);
  expect(await page).toMatchObject({ op: 'error', code: 'unknown' });
});

test('An act that is answered by nothing is done', async () => {
  const ended = api.endSession('a/b');
  await server.answer('/api/v1/sessions/a%2Fb', 204);
  expect(await ended).toEqual({ op: 'done' });
});

test('A new secret is read under the name that it has there', async () => {
  const token = api.makeToken('bot', 'write', null);
  expect(server.to('/api/v1/tokens').body).toEqual({ name: 'bot', scope: 'write' });
  await server.answer('/api/v1/tokens', 201, { id: 't', token: 'mnto_x' });
  expect(await token).toEqual({ op: 'made', id: 't', secret: 'mnto_x' });
  const invitation = api.makeInvitation('member', 5, 99);
  await server.answer('/api/v1/invitations', 201, { id: 'i', invitation: 's' });
  expect(await invitation).toEqual({ op: 'made', id: 'i', secret: 's' });
});

test('The log of what was done is paged from the oldest entry that is held', () => {
  void api.audit(null, 50);
  void api.audit(17, 50);
  expect(server.requests.map((request) => request.path)).toEqual(['/api/v1/audit?limit=50', '/api/v1/audit?limit=50&before=17']);
});
