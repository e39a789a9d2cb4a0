import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Inbox } from './inbox';
import type { MinatoServer } from './minato-server';

/** Somebody at a terminal. */
export class LineClient {
  readonly #socket: Socket;
  readonly #inbox = new Inbox<string>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    createInterface(socket).on('line', (line) => this.#inbox.put(line));
  }

  /** Connects and takes a name at once, so that no greeting comes between. */
  static async connect(server: MinatoServer, nick: string): Promise<LineClient> {
    const socket = connect(server.port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const client = new LineClient(socket);
    client.say(`/nick ${nick}`);
    await client.hears(`* You are ${nick} now.`);
    return client;
  }

  /** Everything heard so far. */
  get heard(): readonly string[] {
    return this.#inbox.all;
  }

  say(...lines: string[]): void {
    this.#socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** The first line that was not asked for yet and matches; what stands before it is passed over. */
  hears(wanted: string | RegExp): Promise<string> {
    const matches = typeof wanted === 'string' ? (line: string) => line === wanted : (line: string) => wanted.test(line);
    return this.#inbox.next(matches, `the line ${String(wanted)}`);
  }

  /** The newest messages of the current room, as `<nick> text`. */
  async history(count = 200): Promise<string[]> {
    const from = this.heard.length;
    this.say(`/history ${count}`, '/nick');
    await this.hears(/^\* You are .*\/nick NAME/u);
    return this.heard.slice(from).flatMap((line) => /^\d+ [#@]\S+ (<.*)$/u.exec(line)?.[1] ?? []);
  }

  close(): void {
    this.#socket.destroy();
  }
}
