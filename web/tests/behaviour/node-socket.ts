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
    // Where nobody answers, this WebSocket says `error` and never `close`, as a browser's does.
    let isClosed = false;
    const closed = (code: number) => {
      if (!isClosed) events.closed(code);
      isClosed = true;
    };
    socket.onclose = ({ code }) => closed(code);
    socket.onerror = () => socket.readyState !== WebSocket.OPEN && closed(1006);
    return {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: () => socket.close(),
    };
  };
}
