import { setTimeout as sleep } from 'node:timers/promises';
import { MinatoError } from '../error.js';
import type { StartOptions } from '../options.js';
import type { ChildEnd } from '../starting/child.js';
import { acquire, type Plan } from './acquire.js';
import type { Exit, Minato } from './minato.js';
import { RestartPace } from './pace.js';
import type { Serving } from './serving.js';
import { issueTicket } from './ticket.js';

/** A refused connection may be the first news of a crash; how long the second may take, in milliseconds. */
const news = 2000;

/** Keeps a server until it is stopped: the first one, and those that come after it. */
export class Keeper implements Minato {
  readonly exited: Promise<Exit>;
  readonly #plan: Plan;
  readonly #end: AbortController;
  readonly #pace = new RestartPace(performance.now());
  readonly #restarts: boolean;
  readonly #isPortFixed: boolean;
  readonly #onRestart: (url: string) => void;
  /** The newest one. */
  #serving: Serving;
  /** The same, or while there is none the next one. */
  #next: Promise<Serving>;

  constructor(plan: Plan, end: AbortController, first: Serving, options: Pick<StartOptions, 'port' | 'restart' | 'onRestart'>) {
    this.#plan = plan;
    this.#end = end;
    this.#serving = first;
    this.#next = Promise.resolve(first);
    this.#restarts = options.restart ?? false;
    this.#isPortFixed = options.port !== undefined;
    this.#onRestart = options.onRestart ?? (() => {});
    const stopServer = () => void this.#serving.stop();
    if (end.signal.aborted) stopServer();
    else end.signal.addEventListener('abort', stopServer);
    this.exited = this.#keep();
  }

  get url(): string {
    return this.#serving.url;
  }

  get port(): number {
    return this.#serving.port;
  }

  get pid(): number {
    return this.#serving.pid;
  }

  get owned(): boolean {
    return this.#serving.owned;
  }

  async ticket(person?: string, nick?: string): Promise<string> {
    const serving = await this.#next;
    try {
      return await issueTicket(serving, person, nick);
    } catch (error) {
      const hasEnded = error instanceof MinatoError && error.code === 'unreachable' && this.#restarts
        && await Promise.race([serving.ended.then(() => true), sleep(news, false, { ref: false })]);
      if (!hasEnded) throw error;
      return await issueTicket(await this.#next, person, nick);
    }
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #keep(): Promise<Exit> {
    for (;;) {
      const end = await this.#serving.ended;
      if (this.#isStopping) return this.#over({ reason: 'stopped', ...codeOf(end) });
      if (!this.#restarts) return this.#over({ reason: 'ended', ...codeOf(end) });
      const coming = this.#comeBack(end);
      this.#next = coming.then((next) => isExit(next) ? Promise.reject(noServer(next)) : next);
      this.#next.catch(() => {});
      const next = await coming;
      if (isExit(next)) return this.#over(next);
      this.#serving = next;
      if (this.#isStopping) void next.stop();
      // Not from here: what the app throws there is the app's.
      else queueMicrotask(() => this.#onRestart(next.url));
    }
  }

  /** Pauses and starts, until it serves, is stopped, or is given up. */
  async #comeBack(end: ChildEnd): Promise<Serving | Exit> {
    let error: unknown;
    for (;;) {
      const pause = this.#pace.ended(performance.now(), Math.random());
      if (pause === null) return { reason: 'gave_up', ...codeOf(end), ...(error instanceof Error && { error }) };
      try {
        await sleep(pause, undefined, { signal: this.#plan.signal });
        const serving = await this.#acquireOnItsPort();
        this.#pace.started(performance.now());
        return serving;
      } catch (reason) {
        if (this.#isStopping) return { reason: 'stopped', ...codeOf(end) };
        error = reason;
      }
    }
  }

  /** The page's address, and what its browser keeps for it, last as long as nobody else takes the port. */
  async #acquireOnItsPort(): Promise<Serving> {
    try {
      return await acquire(this.#plan, this.#serving.port);
    } catch (error) {
      if (error instanceof MinatoError && error.code === 'port_in_use' && !this.#isPortFixed) return await acquire(this.#plan, 0);
      throw error;
    }
  }

  #over(exit: Exit): Exit {
    this.#next = Promise.reject(noServer(exit));
    this.#next.catch(() => {});
    return exit;
  }

  get #isStopping(): boolean {
    return this.#plan.signal.aborted;
  }
}

function codeOf({ code, signal }: ChildEnd): Pick<Exit, 'code' | 'signal'> {
  return { code, signal };
}

function isExit(next: Serving | Exit): next is Exit {
  return 'reason' in next;
}

function noServer({ reason }: Exit): MinatoError {
  return new MinatoError('stopped', `Minato does not serve any more (${reason}). Start it again.`);
}
