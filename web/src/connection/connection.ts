import { clientFrames, type ClientFrame, type Want } from '../wire/client-frames';
import { readFrame } from '../wire/read-frame';
import type { ByeFrame, ServerFrame, WelcomeFrame } from '../wire/server-frames';
import { fullJitter } from './backoff';
import type { Clock } from './clock';
import type { Door } from './door';
import { Heartbeat } from './heartbeat';
import type { Replica } from './replica';
import type { OpenSocket, Socket } from './socket';

export type Status = 'connecting' | 'online' | 'waiting' | 'refused';

/** The session secret of this browser, so that a guest stays the same person. */
export interface SessionKeeper {
  load(): string | null;
  save(session: string): void;
}

export interface ConnectionPorts {
  readonly open: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly session: SessionKeeper;
  /** Null where nobody but the session lets in. */
  readonly door: Door | null;
  readonly replica: Replica;
  readonly status: (status: Status) => void;
}

const client = 'minato-web/0.1';
const wants: readonly Want[] = ['presence', 'typing', 'receipts'];
/** Milliseconds from opening a socket to its `welcome`. */
const welcomeTime = 15_000;
/** A connection that lived this long was a good one: the next loss starts the backoff from its beginning. */
const stableTime = 10_000;
const loginRequired = 4003;

/** One living connection to the server, made again whenever it is lost. */
export class Connection {
  readonly #ports: ConnectionPorts;
  #socket: Socket | null = null;
  #heartbeat: Heartbeat | null = null;
  #status: Status = 'connecting';
  /** Asked for a ticket before the next hello: at first, and when the server knows the session no more. */
  #isKnown: boolean;
  /** Tells the ticket that is waited for now from one that was given up. */
  #asking: object | null = null;
  #attempt = 0;
  #notBefore = 0;
  #cancelTimer: () => void = () => {};

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
    this.#isKnown = ports.door === null;
  }

  start(): void {
    this.#connect();
  }

  /** False when there is no connection: whoever must not lose the frame keeps it and sends it again once online. */
  send(frame: ClientFrame): boolean {
    if (this.#status !== 'online') return false;
    this.#write(frame);
    return true;
  }

  /** The page became visible or the network came back: do not sit out a long wait, and do not trust an old socket. */
  nudge(): void {
    if (this.#status === 'online') this.#heartbeat?.probe();
    else if (this.#status === 'waiting' && this.#ports.clock.elapsed() >= this.#notBefore) this.#connect();
  }

  stop(): void {
    this.#release();
  }

  #connect(): void {
    this.#release();
    this.#become('connecting');
    if (this.#isKnown) this.#open(null);
    else void this.#ask();
  }

  async #ask(): Promise<void> {
    const asking = (this.#asking = {});
    const ticket = await this.#ports.door!.ticket();
    if (this.#asking === asking) this.#open(ticket);
  }

  #open(ticket: string | null): void {
    let own: Socket | null = null;
    // A socket that was given up may still speak: only the current one is listened to.
    const current = () => own !== null && own === this.#socket;
    own = this.#ports.open({
      opened: () => current() && this.#hello(ticket),
      received: (text) => current() && this.#receive(text, ticket),
      closed: (code) => current() && (code === loginRequired ? this.#refused(ticket) : this.#lost()),
    });
    this.#socket = own;
    this.#cancelTimer = this.#ports.clock.after(welcomeTime, () => this.#lost());
  }

  #hello(ticket: string | null): void {
    this.#write(clientFrames.hello(client, this.#ports.session.load(), ticket, this.#ports.replica.cursors(), wants));
  }

  #receive(text: string, ticket: string | null): void {
    this.#heartbeat?.heard();
    const frame = readFrame(text);
    if (frame === null) return;
    if (frame.op === 'welcome') this.#welcomed(frame);
    else if (frame.op === 'bye') this.#leaving(frame);
    else if (frame.op === 'error' && frame.code === 'login_required' && this.#status === 'connecting') this.#refused(ticket);
    else this.#deliver(frame);
  }

  #welcomed(frame: WelcomeFrame): void {
    const { clock, session } = this.#ports;
    if (frame.session !== undefined) session.save(frame.session);
    this.#isKnown = true;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(stableTime, () => (this.#attempt = 0));
    this.#heartbeat = new Heartbeat(clock, frame.heartbeat, () => this.#write(clientFrames.ping()), () => this.#lost());
    this.#deliver(frame);
    this.#become('online');
  }

  #leaving(frame: ByeFrame): void {
    this.#notBefore = this.#ports.clock.elapsed() + frame.retryAfter;
  }

  #deliver(frame: ServerFrame): void {
    if (this.#ports.replica.accept(frame) === 'gap') this.#lost();
  }

  #lost(): void {
    this.#release();
    const { clock, random } = this.#ports;
    const wait = Math.max(this.#notBefore - clock.elapsed(), 0) + fullJitter(this.#attempt++, random);
    this.#become('waiting');
    this.#cancelTimer = clock.after(wait, () => this.#connect());
  }

  /** Where there is a door, only one that gives no ticket makes a refusal the last word. */
  #refused(ticket: string | null): void {
    const mayAsk = this.#ports.door !== null && (ticket !== null || this.#isKnown);
    if (mayAsk) {
      this.#isKnown = false;
      this.#lost();
    } else {
      this.#release();
      this.#become('refused');
    }
  }

  #release(): void {
    this.#asking = null;
    this.#cancelTimer();
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #write(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
    this.#heartbeat?.said();
  }

  #become(status: Status): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#ports.status(status);
  }
}
