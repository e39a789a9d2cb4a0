import { expect, test } from '../kit/test';

/**
 * Browsers connect before they know what for. On this machine the server takes two seconds of silence for a person at a terminal
 * and greets them: the browser must not take the greeting for an answer.
 */
// It does take it: Chromium uses a connection that it never used before without looking whether something came on it, and tolerates
// four bytes before "HTTP" at most. The greeting is longer. This test says so when the server has found another way.
test.fails('a connection that was opened early and greeted does not break the page', async ({ harbour }) => {
  const server = await harbour.server();
  const relay = await harbour.relay(server);
  const hana = await harbour.visitor(relay, await harbour.ownBrowser());
  await hana.introduce('hana', 'hello');
  const preconnect = () => hana.page.evaluate((url) => {
    for (const crossOrigin of ['anonymous', null]) {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'preconnect', href: url, crossOrigin });
      document.head.append(link);
    }
  }, relay.url);

  for (const round of [1, 2]) {
    await preconnect();
    await expect.poll(() => relay.greeted, { message: `greeted in round ${round}` }).toBeGreaterThanOrEqual(round);
    const answers = await hana.page.evaluate(() => Promise.all(['/', '/healthz', '/index.html'].flatMap((path) =>
      (['same-origin', 'omit'] as const).map((credentials) =>
        fetch(path, { credentials, cache: 'no-store' }).then(({ status }) => status, (error) => String(error))))));
    expect(answers).toEqual([200, 200, 200, 200, 200, 200]);
    await hana.page.reload();
    await hana.write(`after round ${round}`);
    await hana.sees(`after round ${round}`, 'ok');
  }
  expect(await hana.bodies()).toEqual(['hello', 'after round 1', 'after round 2']);
});
