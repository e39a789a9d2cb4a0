import { Client } from '../../src/client/client';
import { Session } from '../../src/client/session';
import { browserClock } from '../../src/browser/clock';
import { hasOlder } from '../../src/model/log';
import type { Room } from '../../src/model/room';
import { FileKeys } from './file-keys';
import { nodeSocket } from './node-socket';

/** A page without a view: it looks at the lobby, and at all of it since it was first opened. */
export class DrivenClient {
  readonly #client: Client;
  readonly #since: number;
  readonly #failed: string[] = [];
  readonly #resets: string[] = [];
  /** Messages that wait for a joining before they are in the outbox. */
  #joining = 0;

  constructor(url: string, state: string, since: number) {
    this.#since = since;
    const keys = new FileKeys(state);
    this.#client = new Client({
      open: nodeSocket(url, (frame) => frame.op === 'reset' && frame.room === this.#lobby()?.id && this.#resets.push(String(frame.reason))),
      clock: browserClock,
      // A tenth of the usual patience, so that a script of many losses is quick.
      random: () => 0.1,
      fill: (bytes) => crypto.getRandomValues(bytes),
      keys,
      session: new Session(keys),
      door: null,
    });
    this.#client.start();
  }

  send(body: string): void {
    this.#joining++;
    void this.#client.post(this.#lobby()!.id, body).then((error) => {
      this.#joining--;
      if (error !== null) this.#failed.push(error.code);
    });
  }

  report() {
    const room = this.#lobby();
    const entries = this.#client.outbox.entries();
    const pending = entries.filter((entry) => entry.state === 'pending').length;
    if (room !== undefined) this.#loadOlder(room);
    return {
      status: this.#client.status(),
      last: room?.last ?? 0,
      complete: room !== undefined && !this.#lacks(room),
      pending: pending + this.#joining,
      kept: pending,
      failed: [...this.#failed, ...entries.filter((entry) => entry.state === 'failed').map((entry) => entry.code)],
      resets: this.#resets,
      messages: (room?.messages ?? []).filter((message) => message.seq > this.#since).map((message) => [message.seq, message.body ?? null]),
    };
  }

  #lobby(): Room | undefined {
    return [...this.#client.workspace.rooms().values()].find((room) => room.slug === 'lobby');
  }

  #lacks(room: Room): boolean {
    return room.floor > this.#since + 1 && hasOlder(room);
  }

  /** As somebody who scrolls up; what is on its way is not asked for again. */
  #loadOlder(room: Room): void {
    if (this.#lacks(room)) void this.#client.history.older(room.id, 200);
  }
}
