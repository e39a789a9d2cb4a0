import { expect, test } from '../kit/test';

/**
 * Browsers connect before they know what for, and Chromium takes whatever comes on such a connection for the answer to what it asks later.
 * The server greets two seconds of silence, but not a browser's.
 */
test('a connection that was opened early does not break the page', async ({ harbour }) => {
  const server = await harbour.server();
  const hana = await harbour.visitor(server, await harbour.ownBrowser());
  await hana.introduce('hana', 'hello');

  for (const round of [1, 2]) {
    await hana.page.evaluate((url) => {
      for (const crossOrigin of ['anonymous', null]) {
        const link = document.createElement('link');
        Object.assign(link, { rel: 'preconnect', href: url, crossOrigin });
        document.head.append(link);
      }
    }, server.url);
    // Two who came later and were greeted: by then whoever was silent before them has been looked at.
    for (const later of [1, 2]) {
      expect(await (await harbour.silentLine(server)).hears(/^\* /), `greeting ${later}`).toMatch(/^\* Welcome/);
    }
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
