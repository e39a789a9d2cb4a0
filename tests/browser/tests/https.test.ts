import type { MinatoServer } from '../kit/minato-server';
import { Certificate } from '../kit/certificate';
import type { Harbour } from '../kit/harbour';
import { expect, test } from '../kit/test';

/** One server, and the URL of its encrypted side. */
async function secured(harbour: Harbour): Promise<{ server: MinatoServer; https: { url: string } }> {
  const certificate = new Certificate();
  harbour.atEnd(() => certificate.delete());
  const server = await harbour.server('--tls-cert', certificate.file, '--tls-key', certificate.key);
  return { server, https: { url: `https://localhost:${server.port}` } };
}

test('the page and its chat are served over https, by HTTP/2, beside telnet in the clear', async ({ harbour }) => {
  const { server, https } = await secured(harbour);
  const hana = await harbour.person(https, { ignoreHTTPSErrors: true });
  expect(await hana.page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol)).toBe('h2');
  await hana.introduce('hana', 'encrypted');
  const taro = await harbour.line(server, 'taro');
  taro.say('in the clear');
  await hana.sees('in the clear');
  await hana.write('both meet');
  await taro.hears('#lobby <hana> both meet');
});

test('reloading again and again over https always finds the way back', async ({ harbour }) => {
  const { https } = await secured(harbour);
  const hana = await harbour.person(https, { ignoreHTTPSErrors: true });
  await hana.introduce('hana', 'hello');
  for (let i = 0; i < 5; i++) {
    await hana.page.reload();
    await hana.sees('hello', 'ok');
  }
  await hana.write('still here');
  await hana.sees('still here', 'ok');
});

test('on this machine the page in the clear stays as it is, with a certificate beside it', async ({ harbour }) => {
  const { server } = await secured(harbour);
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'plain');
  expect(hana.page.url()).toContain(`http://127.0.0.1:${server.port}`);
});
