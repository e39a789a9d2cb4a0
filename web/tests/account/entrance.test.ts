import { beforeEach, expect, test } from 'vitest';
import { AccountApi } from '../../src/account/account-api';
import { Entrance } from '../../src/account/entrance';
import type { GuestSession } from '../../src/client/session';
import type { You } from '../../src/wire/types';
import { FakeApi } from '../support/fake-api';
import { FakeClock } from '../support/fake-clock';
import { me } from '../support/frames';

let server: FakeApi;
let clock: FakeClock;
let entrance: Entrance;
let you: You | null;
let session: string | null;
let starts: number;
let draftsForgotten: number;
let told: number;

beforeEach(() => {
  server = new FakeApi();
  clock = new FakeClock();
  [you, session, starts, draftsForgotten, told] = [null, null, 0, 0, 0];
  const keeper: GuestSession = { load: () => session, save: (value) => (session = value), forget: () => (session = null) };
  entrance = new Entrance({
    client: { start: () => starts++, workspace: { you: () => you } } as unknown as ConstructorParameters<typeof Entrance>[0]['client'],
    api: new AccountApi(server.ask, 'Here'),
    session: keeper,
    clock,
    forgetDrafts: () => draftsForgotten++,
    tellEntered: () => told++,
  });
});

const sign = (access: string, signup = 'invitation') => server.answer('/door', 200, { v: 1, access, signup });
const opened = { you: { id: me, nick: 'aoi', guest: false } };
const wrong = { code: 'wrong_login', detail: '' };

test('Who is not let in stands before the door, and comes in by it', async () => {
  entrance.follow('refused');
  await sign('accounts');
  expect([entrance.form(), entrance.ended()]).toEqual(['log-in', false]);
  void entrance.logIn('aoi', 'pw');
  await server.answer('/api/v1/logins', 201, opened);
  expect([starts, told, entrance.form()]).toEqual([1, 1, 'log-in']);
  entrance.follow('connecting');
  entrance.follow('online');
  expect(entrance.form()).toBeNull();
});

test('Who was in hears that it ended, and those who log out themselves do not', async () => {
  entrance.follow('online');
  entrance.follow('refused');
  await sign('accounts');
  expect([entrance.form(), entrance.ended()]).toEqual(['log-in', true]);
  expect(draftsForgotten).toBe(0);

  entrance.follow('online');
  expect(entrance.ended()).toBe(false);
  void entrance.logOut();
  entrance.follow('refused');
  await sign('accounts');
  await server.answer('/api/v1/sessions/current', 204);
  expect([entrance.form(), entrance.ended(), draftsForgotten]).toEqual(['log-in', false, 1]);
});

test('A wrong password leaves everything as it was', async () => {
  entrance.follow('refused');
  await sign('accounts');
  const answer = entrance.logIn('aoi', 'no');
  await server.answer('/api/v1/logins', 403, wrong);
  expect(await answer).toMatchObject({ op: 'error', code: 'wrong_login' });
  expect([starts, entrance.form()]).toEqual([0, 'log-in']);
});

test('Where a token is needed, no form would help', async () => {
  entrance.follow('refused');
  await sign('token');
  expect([entrance.form(), starts]).toEqual([null, 0]);
});

test('A door whose sign cannot be read is asked again until it can', async () => {
  entrance.follow('refused');
  await server.answer('/door', 503);
  expect(entrance.form()).toBeNull();
  clock.advance(1_000);
  expect(server.requests.length).toBe(2);
  await sign('accounts');
  expect(entrance.form()).toBe('log-in');
});

test('An invitation is used with the account that is made, and then forgotten', async () => {
  entrance.invite('secret');
  expect([entrance.form(), entrance.invitation()]).toEqual(['sign-up', 'secret']);
  entrance.follow('refused');
  await sign('accounts');
  expect(entrance.form()).toBe('sign-up');
  void entrance.signUp('aoi', 'pw');
  expect(server.to('/api/v1/accounts').body).toMatchObject({ invitation: 'secret' });
  await server.answer('/api/v1/accounts', 201, opened);
  expect(entrance.invitation()).toBeNull();
});

test('An invitation stands before the rooms of who is in already, until they go on', () => {
  entrance.follow('online');
  entrance.invite('secret');
  entrance.follow('connecting');
  entrance.follow('online');
  expect(entrance.form()).toBe('sign-up');
  entrance.close();
  expect([entrance.form(), entrance.invitation()]).toEqual([null, null]);
});

test('Who turns away from an invitation without being in stands before the door', async () => {
  entrance.invite('secret');
  entrance.follow('refused');
  await sign('accounts');
  entrance.close();
  await sign('accounts');
  expect(entrance.form()).toBe('log-in');
});

test('A guest who has said something goes on as the same person, and is known by the cookie from then on', async () => {
  you = { id: me, nick: 'aoi', guest: true };
  session = 'guest';
  entrance.follow('online');
  entrance.show('sign-up');
  void entrance.signUp('aoi', 'pw');
  expect(server.to('/api/v1/accounts').body).toMatchObject({ guest: 'guest' });
  // The server ends the guest's connection before its answer is here: nobody is to come back as somebody new in between.
  entrance.follow('refused');
  await sign('guests');
  expect([session, starts]).toEqual(['guest', 0]);
  await server.answer('/api/v1/accounts', 201, opened);
  expect([session, starts]).toEqual([null, 1]);
});

test('A guest who is nobody yet brings no session', () => {
  you = { id: null, nick: 'guest-1', guest: true };
  session = 'unused';
  void entrance.signUp('aoi', 'pw');
  expect(server.to('/api/v1/accounts').body).not.toHaveProperty('guest');
});

test('Another tab of the guest who has made an account follows by the cookie, once', async () => {
  session = 'guest';
  entrance.follow('online');
  entrance.follow('refused');
  await sign('guests');
  expect([session, starts, entrance.form()]).toEqual([null, 1, null]);
  entrance.follow('refused');
  await sign('guests');
  expect(starts).toBe(1);
});

test('A guest whose session ended elsewhere before this page was let in comes as somebody new, once', async () => {
  session = 'guest';
  entrance.follow('refused');
  await sign('guests');
  expect([session, starts, entrance.form()]).toEqual([null, 1, null]);
  entrance.follow('refused');
  await sign('guests');
  expect(starts).toBe(1);
  entrance.follow('online');
  entrance.follow('refused');
  await sign('guests');
  expect(starts).toBe(2);
});

test('Who came in by another tab is in here, too, unless somebody was already', async () => {
  session = 'guest';
  you = { id: null, nick: 'guest-1', guest: true };
  entrance.follow('online');
  entrance.enteredElsewhere();
  expect([session, starts]).toEqual([null, 1]);
  you = { id: me, nick: 'aoi', guest: false };
  entrance.enteredElsewhere();
  expect(starts).toBe(1);
  entrance.follow('refused');
  await sign('accounts');
  entrance.enteredElsewhere();
  expect(starts).toBe(2);
  entrance.follow('online');
  expect(entrance.form()).toBeNull();
});

test('A form that somebody opened stays while the connection comes and goes', () => {
  entrance.follow('online');
  entrance.show('log-in');
  entrance.follow('waiting');
  entrance.follow('online');
  expect(entrance.form()).toBe('log-in');
});
