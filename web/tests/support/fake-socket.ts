import type { OpenSocket, SocketEvents } from '../../src/connection/socket';

/** The server's end of one socket. */
export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  readonly #events: SocketEvents;

  constructor(events: SocketEvents) {
    this.#events = events;
  }

  open(): void {
    this.#events.opened();
  }

  say(...frames: object[]): void {
    for (const frame of frames) this.#events.received(JSON.stringify(frame));
  }

  drop(code = 1006): void {
    this.#events.closed(code);
  }

  receive(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  ops(): unknown[] {
    return this.sent.map((frame) => frame.op);
  }
}

export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  open: OpenSocket = (events) => {
    const socket = new FakeSocket(events);
    this.sockets.push(socket);
    return { send: (text) => socket.receive(text), close: () => (socket.closed = true) };
  };

  get newest(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}
