import { IrcClient } from '../kit/irc-client';
import { WsClient } from '../kit/ws-client';
import { expect, test } from '../kit/test';

for (const [path, protocol] of [['/ws', 'text.ircv3.net'], ['/irc', undefined]] as const) {
  test(`a web client for IRC at ${path} joins, talks, reads what was said, and comes back to a server that was killed`, async ({ harbour }) => {
    const server = await harbour.server();
    const other = await WsClient.connect(server, 'web');
    await other.ask({ op: 'create', cid: 'c', slug: 'dock', title: 'Dock' });
    await other.ask({ op: 'send', cid: 's1', room: '#dock', body: 'said before 港' });

    const client = await IrcClient.connect(server, 'kiwi', path, protocol);
    harbour.atEnd(() => client.quit());
    expect(await client.join('#dock')).toBe('kiwi joined #dock');
    client.say('#dock', 'from IRC 港');
    await other.receives('ev', (frame) => frame['body'] === 'from IRC 港');
    await other.ask({ op: 'send', cid: 's2', room: '#dock', body: 'from the page' });
    await client.hears('#dock <web> from the page');
    client.read('#dock');
    await client.hears('#dock <web> said before 港 (earlier)');
    await client.hears('#dock <kiwi> from IRC 港 (earlier)');

    await server.kill9();
    await client.hears('closed');
    await server.start();
    await client.connect();
    await client.join('#dock');
    client.read('#dock');
    await client.hears('#dock <web> from the page (earlier)');
  });
}
