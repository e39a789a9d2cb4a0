import type { OpenSocket } from '../connection/socket';

const subprotocol = 'minato.v1';

/** A WebSocket to `/ws` of the page's own origin. */
export const openSocket: OpenSocket = (events) => {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, subprotocol);
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => typeof data === 'string' && events.received(data);
  socket.onclose = ({ code }) => events.closed(code);
  return {
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
};
