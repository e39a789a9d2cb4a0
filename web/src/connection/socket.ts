/** What the connection needs of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  received(text: string): void;
  /** Exactly once, also when the socket never opened. */
  closed(code: number): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;
