import type { Minato } from '../../src/index.js';

/** Shows a ticket over WebSocket as a page does, and gives its first answer: the nick it got, or the refusal's code. */
export function enter(server: Pick<Minato, 'url'>, ticket: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { WebSocket } = globalThis as { WebSocket?: typeof globalThis.WebSocket };
    if (WebSocket === undefined) return reject(new Error('Node 20 needs --experimental-websocket, as npm test gives it.'));
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, 'minato.v1');
    socket.onopen = () => socket.send(JSON.stringify({ op: 'hello', ver: 1, auth: { ticket } }));
    socket.onerror = () => reject(new Error('no WebSocket'));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data as string) as { op: string; code?: string; you?: { nick: string } };
      resolve(frame.op === 'welcome' ? frame.you!.nick : frame.code!);
      socket.close();
    };
  });
}
