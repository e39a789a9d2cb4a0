import { randomBytes } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inbox } from './inbox';
import type { MinatoServer } from './minato-server';

export interface Frame {
  readonly op: string;
  readonly [field: string]: unknown;
}

interface Upgraded {
  readonly socket: Duplex;
  readonly head: Buffer;
}

const text = 0x81;

/** A program that speaks `minato.v1`, written from the protocol's page: text frames without fragments. */
export class WsClient {
  readonly #socket: Duplex;
  readonly #inbox = new Inbox<Frame>();
  #buffer: Buffer = Buffer.alloc(0);

  private constructor({ socket, head }: Upgraded) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    this.#receive(head);
  }

  /** Connects, says hello and takes a name. */
  static async connect(server: MinatoServer, nick: string): Promise<WsClient> {
    const client = new WsClient(await upgrade(server));
    client.send({ op: 'hello', ver: 1, client: 'browser-tests/1' });
    await client.receives('welcome');
    await client.ask({ op: 'nick', cid: 'nick', nick });
    return client;
  }

  /** Connects as whose access token it is. */
  static async connectWith(server: MinatoServer, token: string): Promise<WsClient> {
    const client = new WsClient(await upgrade(server));
    client.send({ op: 'hello', ver: 1, client: 'browser-tests/1', auth: { token } });
    return client;
  }

  /** Connects as somebody who has connected before. */
  static async connectAgain(server: MinatoServer, session: string): Promise<WsClient> {
    const client = new WsClient(await upgrade(server));
    client.send({ op: 'hello', ver: 1, client: 'browser-tests/1', auth: { session } });
    return client;
  }

  get frames(): readonly Frame[] {
    return this.#inbox.all;
  }

  send(frame: Frame): void {
    const body = Buffer.from(JSON.stringify(frame));
    const mask = randomBytes(4);
    const length = body.length < 126 ? [body.length] : [126, body.length >> 8, body.length & 0xff];
    length[0]! |= 0x80;
    this.#socket.write(Buffer.concat([Buffer.from([text, ...length]), mask, body.map((byte, i) => byte ^ mask[i % 4]!)]));
  }

  receives(op: string, matches: (frame: Frame) => boolean = () => true): Promise<Frame> {
    return this.#inbox.next((frame) => frame.op === op && matches(frame), `the frame ${op}`);
  }

  /** A mutation and its `ok`. */
  ask(frame: Frame): Promise<Frame> {
    this.send(frame);
    return this.receives('ok', (answer) => answer['cid'] === frame['cid']);
  }

  /** A mutation and what came of it: `ok` or `error`. */
  tries(frame: Frame): Promise<Frame> {
    this.send(frame);
    return this.#inbox.next((answer) => (answer.op === 'ok' || answer.op === 'error') && answer['cid'] === frame['cid'], `an answer to ${frame.op}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const short = (this.#buffer[1] ?? 0) & 0x7f;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.#buffer.length < start) return;
      const length = short < 126 ? short : short === 126 ? this.#buffer.readUInt16BE(2) : Number(this.#buffer.readBigUInt64BE(2));
      if (this.#buffer.length < start + length) return;
      const body = this.#buffer.subarray(start, start + length);
      if (this.#buffer[0] === text) this.#inbox.put(JSON.parse(body.toString()) as Frame);
      this.#buffer = this.#buffer.subarray(start + length);
    }
  }
}

function upgrade(server: MinatoServer): Promise<Upgraded> {
  const headers: IncomingHttpHeaders = {
    connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-protocol': 'minato.v1',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    request(`http://127.0.0.1:${server.port}/ws`, { headers })
      .once('upgrade', (_, socket, head) => resolve({ socket, head }))
      .once('response', ({ statusCode }) => reject(new Error(`/ws answered ${statusCode}`)))
      .once('error', reject)
      .end();
  });
}
