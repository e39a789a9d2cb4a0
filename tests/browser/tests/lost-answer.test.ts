import { lostServer } from '../kit/faults';
import { expect, test } from '../kit/test';

test('a message whose answer was lost is there once', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.introduce('hana', 'before');

  relay.hold();
  await hana.write('did it arrive?');
  await ana.hears('#lobby <hana> did it arrive?');
  await hana.sees('did it arrive?', 'pending');
  relay.cut();
  await hana.connectionBar.waitFor();
  await hana.sees('did it arrive?', 'pending');

  relay.mend();
  await hana.sees('did it arrive?', 'ok');
  await hana.write('after');
  await hana.sees('after', 'ok');
  await expect.poll(() => hana.bodies()).toEqual(['before', 'did it arrive?', 'after']);
  expect(await ana.history()).toEqual(['<hana> before', '<hana> did it arrive?', '<hana> after']);
});

test('a room whose making was not answered is made once, and opens', async ({ harbour }) => {
  harbour.faults.allow(lostServer);
  const server = await harbour.server();
  const relay = await harbour.relay(server);
  const hana = await harbour.person(relay);
  await hana.introduce('hana', 'before');

  await hana.page.getByTestId('new-room').click();
  await hana.page.getByTestId('room-name').fill('garden');
  relay.hold();
  await hana.page.getByTestId('room-create').click();
  await expect.poll(() => relay.holds('garden')).toBe(true);
  relay.cut();
  await hana.connectionBar.waitFor();
  relay.mend();
  await expect.poll(() => hana.room('garden').getAttribute('aria-current')).toBe('page');
  await expect.poll(() => hana.page.getByTestId('room-name').count()).toBe(0);
});
