import type { OpenSocket } from '../../src/connection/socket';

/** Node's WebSocket, as `browser/socket.ts` uses the browser's; `heard` sees each frame before the client does. */
export function nodeSocket(url: string, heard: (frame: Record<string, unknown>) => void): OpenSocket {
  return (events) => {
    const socket = new WebSocket(url.replace('http', 'ws') + '/ws', 'minato.v1');
    socket.onopen = () => events.opened();
    socket.onmessage = ({ data }) => {
      heard(JSON.parse(data));
      events.received(data);
    };
    socket.onclose = ({ code }) => events.closed(code);
    return {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: () => socket.close(),
    };
  };
}
