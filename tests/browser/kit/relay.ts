import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { MinatoServer } from './minato-server';

/** A network between a page and its server that can be broken on purpose. */
export class Relay {
  readonly #server: MinatoServer;
  readonly #listener: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #broken = false;
  #held: { readonly to: Socket; readonly bytes: Buffer }[] | null = null;

  private constructor(server: MinatoServer) {
    this.#server = server;
    // A browser connects ahead of need. Only once it asks for something does the server hear of it: this program's silence would be taken for a person's.
    this.#listener = createServer({ allowHalfOpen: false }, (near) => {
      near.on('error', () => {});
      if (this.#broken) near.destroy();
      else near.once('readable', () => this.#join(near));
    });
  }

  static async to(server: MinatoServer): Promise<Relay> {
    const relay = new Relay(server);
    await new Promise<void>((resolve) => relay.#listener.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  /** Whether this, in the server's own words, was kept back since `hold`. That anything was says little: a late part of the page is held as well. */
  holds(words: string): boolean {
    const held = this.#held ?? [];
    return [...new Set(held.map(({ to }) => to))].some((to) => Buffer.concat(held.filter((part) => part.to === to).map(({ bytes }) => bytes)).includes(words));
  }

  /** What the page says still arrives; what the server says is kept back. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets through what was kept back. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const { to, bytes } of held) to.write(bytes);
  }

  /** Breaks every connection, forgets what was kept back, and lets no new connection through until `mend`. */
  cut(): void {
    this.#broken = true;
    this.#held = null;
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  mend(): void {
    this.#broken = false;
  }

  close(): void {
    this.cut();
    this.#listener.close();
  }

  #join(near: Socket): void {
    if (this.#broken || near.readableLength === 0) return void near.destroy();
    const far = connect(this.#server.port, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        other.destroy();
        this.#pairs.delete(pair);
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => (this.#held ? this.#held.push({ to: near, bytes }) : near.write(bytes)));
  }
}
