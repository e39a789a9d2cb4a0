import irc from 'irc-framework';
import WebSocketTransport from 'irc-framework/src/transports/websocket.js';
import { Inbox } from './inbox';
import type { MinatoServer } from './minato-server';

/** Somebody at a web client for IRC: the library of such clients over its WebSocket. */
export class IrcClient {
  readonly #client = new irc.Client();
  readonly #inbox = new Inbox<string>();

  readonly #options: Readonly<Record<string, unknown>>;
  readonly #nick: string;

  private constructor(server: MinatoServer, nick: string, path: string, protocol?: string) {
    this.#nick = nick;
    this.#options = { host: '127.0.0.1', port: server.port, path, nick, username: nick, gecos: nick, websocket_protocol: protocol, transport: WebSocketTransport };
    this.#client.requestCap(['batch', 'draft/chathistory']);
    this.#client.on('registered', ({ nick }) => this.#inbox.put(`registered ${nick}`));
    this.#client.on('socket close', () => this.#inbox.put('closed'));
    this.#client.on('join', ({ nick, channel }) => this.#inbox.put(`${nick} joined ${channel}`));
    this.#client.on('message', ({ nick, target, message, tags }) => this.#inbox.put(`${target} <${nick}> ${message}${tags?.['batch'] === undefined ? '' : ' (earlier)'}`));
  }

  static async connect(server: MinatoServer, nick: string, path: string, protocol?: string): Promise<IrcClient> {
    const client = new IrcClient(server, nick, path, protocol);
    await client.connect();
    return client;
  }

  /** Is somebody; also once more, where the connection was lost. */
  async connect(): Promise<void> {
    this.#client.connect(this.#options);
    await this.hears(`registered ${this.#nick}`);
  }

  join(channel: string): Promise<string> {
    this.#client.join(channel);
    return this.hears(new RegExp(` joined ${channel}$`, 'u'));
  }

  say(target: string, text: string): void {
    this.#client.say(target, text);
  }

  /** The newest messages of a channel. */
  read(channel: string): void {
    this.#client.raw('CHATHISTORY', 'LATEST', channel, '*', '20');
  }

  /** The first that was not asked for yet and matches; what stands before it is passed over. */
  hears(wanted: string | RegExp): Promise<string> {
    return this.#inbox.next((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line)), String(wanted));
  }

  quit(): void {
    this.#client.quit('bye');
  }
}
