import type { ChildEnd } from '../starting/child.js';
import { isAlive } from './alive.js';
import type { HostFile } from './host-file.js';
import type { Serving } from './serving.js';

/** How often we look whether it still lives, in milliseconds: it is not our child, and the system tells only its parent. */
const period = 1000;

/** A server that another instance of this app started, on the same data. It ends with that one. */
export class SharedServer implements Serving {
  readonly owned = false;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly token: string;
  readonly ended: Promise<ChildEnd>;
  readonly #timer: NodeJS.Timeout;
  #tellEnd!: (end: ChildEnd) => void;

  constructor(file: HostFile) {
    ({ url: this.url, port: this.port, pid: this.pid, token: this.token } = file);
    this.ended = new Promise((resolve) => (this.#tellEnd = resolve));
    this.#timer = setInterval(() => isAlive(this.pid) || this.#end(), period);
  }

  async stop(): Promise<void> {
    this.#end();
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#tellEnd({ code: null, signal: null });
  }
}
