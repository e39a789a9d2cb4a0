import type { Launched } from '../starting/launch.js';
import type { ChildEnd } from '../starting/child.js';
import type { Serving } from './serving.js';

/** A server that we started. */
export class OwnedServer implements Serving {
  readonly owned = true;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly token: string;
  readonly ended: Promise<ChildEnd>;
  readonly #launched: Launched;
  readonly #patience: number;

  /** @param patience From asking it to end until it is made to, in milliseconds. */
  constructor(launched: Launched, token: string, patience: number) {
    ({ url: this.url, port: this.port, pid: this.pid } = launched.ready);
    this.token = token;
    this.ended = launched.child.ended;
    this.#launched = launched;
    this.#patience = patience;
  }

  async stop(): Promise<void> {
    await this.#launched.child.stop(this.#patience);
  }
}
