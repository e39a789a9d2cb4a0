import type { OpenSocket } from '../connection/socket';
import { ByFrame } from './by-frame';

const subprotocol = 'minato.v1';

/** A WebSocket to `/ws` of the page's own origin. */
export const openSocket: OpenSocket = (events) => {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, subprotocol);
  const frames = new ByFrame<string>((text) => events.received(text));
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => typeof data === 'string' && frames.push(data);
  socket.onclose = ({ code }) => {
    frames.drain();
    events.closed(code);
  };
  return {
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
};
