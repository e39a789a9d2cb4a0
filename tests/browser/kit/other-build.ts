import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { MinatoServer } from './minato-server';

/** A server as it would be with another build of the page: what stands before it changes what the page and its worker say. */
export class OtherBuild {
  readonly #server: MinatoServer;
  readonly #http: Server;
  readonly #sockets = new Set<Socket>();
  /** Changes what is answered to a path; null: it is not there. */
  dress: (path: string, text: string) => string | null = (_, text) => text;
  /** What the server calls a path that this build calls otherwise. */
  real: (path: string) => string = (path) => path;

  private constructor(server: MinatoServer) {
    this.#server = server;
    this.#http = createServer((asked, answer) => this.#pass(asked, answer));
    this.#http.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(asked, socket, head));
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
    });
  }

  static async before(server: MinatoServer): Promise<OtherBuild> {
    const build = new OtherBuild(server);
    await new Promise<void>((resolve) => build.#http.listen(0, '127.0.0.1', resolve));
    return build;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** All connections end, as at a restart. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const onward = request({ port: this.#server.port, host: '127.0.0.1', method: asked.method, path: this.real(asked.url!), headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => this.#answer(asked, response, Buffer.concat(chunks), answer));
    });
    onward.once('error', () => answer.destroy());
    asked.pipe(onward);
  }

  #answer(asked: IncomingMessage, { statusCode, headers }: IncomingMessage, bytes: Buffer, answer: ServerResponse): void {
    const isText = /javascript|html/u.test(headers['content-type'] ?? '');
    const dressed = isText ? this.dress(asked.url!, bytes.toString()) : bytes;
    const { 'content-length': _, etag: __, ...rest } = headers;
    if (dressed === null) answer.writeHead(404).end();
    else answer.writeHead(statusCode!, rest).end(dressed);
  }

  #upgrade(asked: IncomingMessage, socket: Socket, head: Buffer): void {
    const onward = connect(this.#server.port, '127.0.0.1', () => {
      const lines = asked.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
      onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  }
}
