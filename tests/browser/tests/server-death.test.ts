import { lostServer } from '../kit/faults';
import { expect, test } from '../kit/test';


test('messages written while the server is dead are pending, and there once when it is back', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'before');

  await server.kill9();
  await hana.connectionBar.waitFor();
  const written = ['down one', 'down two', 'down two', 'down three'];
  for (const text of written) await hana.write(text);
  await expect.poll(() => hana.page.locator('[data-state=pending]').count()).toBe(written.length);

  await server.start();
  await hana.connectionBar.waitFor({ state: 'hidden' });
  await hana.sees('down three', 'ok');
  await expect.poll(() => hana.page.locator('[data-state=ok]').count()).toBe(1 + written.length);
  await expect.poll(() => hana.bodies()).toEqual(['before', ...written]);
  const ana = await harbour.line(server, 'ana');
  expect(await ana.history()).toEqual(['before', ...written].map((body) => `<hana> ${body}`));
  ana.say('and on it goes');
  await hana.sees('and on it goes');
});

test('what others said before the page was back appears in its place', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.introduce('hana', 'before');

  await server.kill9();
  relay.cut();
  await hana.connectionBar.waitFor();
  await hana.write('written in the dark');
  await server.start();
  const ana = await harbour.line(server, 'ana');
  const meanwhile = Array.from({ length: 30 }, (_, n) => `meanwhile ${n}`);
  ana.say(...meanwhile);
  await ana.hears('#lobby <ana> meanwhile 29');
  relay.mend();

  await hana.sees('written in the dark', 'ok');
  // What is in sight comes first, the rest above it when it is calm.
  await expect.poll(() => hana.bodies()).toEqual(['before', ...meanwhile, 'written in the dark']);
  expect(await ana.history()).toEqual(['<hana> before', ...meanwhile.map((body) => `<ana> ${body}`), '<hana> written in the dark']);
});

test('a page that is closed with a message unsent sends it when it is opened again', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const device = await harbour.device();
  const hana = await harbour.visitor(server, device);
  await hana.introduce('hana', 'before');
  await server.kill9();
  await hana.connectionBar.waitFor();
  await hana.write('kept for later');
  await hana.sees('kept for later', 'pending');
  await hana.page.close();

  await server.start();
  const ana = await harbour.line(server, 'ana');
  const again = await harbour.visitor(server, device);
  await ana.hears('#lobby <hana> kept for later');
  await again.sees('kept for later', 'ok');
  expect(await ana.history()).toEqual(['<hana> before', '<hana> kept for later']);
});
