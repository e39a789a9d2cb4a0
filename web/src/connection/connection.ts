import { clientFrames, type ClientFrame } from '../wire/client-frames';
import { readFrame } from '../wire/read-frame';
import type { ByeFrame, ServerFrame, WelcomeFrame } from '../wire/server-frames';
import { fullJitter } from './backoff';
import type { Clock } from './clock';
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
  readonly replica: Replica;
  readonly status: (status: Status) => void;
}

const client = 'minato-web/0.1';
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
  #attempt = 0;
  #notBefore = 0;
  #cancelTimer: () => void = () => {};

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
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
    else if (this.#status === 'waiting' && this.#ports.clock.now() >= this.#notBefore) this.#connect();
  }

  stop(): void {
    this.#release();
  }

  #connect(): void {
    this.#release();
    this.#become('connecting');
    let own: Socket | null = null;
    // A socket that was given up may still speak: only the current one is listened to.
    const current = () => own !== null && own === this.#socket;
    own = this.#ports.open({
      opened: () => current() && this.#hello(),
      received: (text) => current() && this.#receive(text),
      closed: (code) => current() && (code === loginRequired ? this.#refused() : this.#lost()),
    });
    this.#socket = own;
    this.#cancelTimer = this.#ports.clock.after(welcomeTime, () => this.#lost());
  }

  #hello(): void {
    this.#write(clientFrames.hello(client, this.#ports.session.load(), this.#ports.replica.cursors()));
  }

  #receive(text: string): void {
    this.#heartbeat?.heard();
    const frame = readFrame(text);
    if (frame === null) return;
    if (frame.op === 'welcome') this.#welcomed(frame);
    else if (frame.op === 'bye') this.#leaving(frame);
    else if (frame.op === 'error' && frame.code === 'login_required' && this.#status === 'connecting') this.#refused();
    else this.#deliver(frame);
  }

  #welcomed(frame: WelcomeFrame): void {
    const { clock, session } = this.#ports;
    if (frame.session !== undefined) session.save(frame.session);
    this.#cancelTimer();
    this.#cancelTimer = clock.after(stableTime, () => (this.#attempt = 0));
    this.#heartbeat = new Heartbeat(clock, frame.heartbeat, () => this.#write(clientFrames.ping()), () => this.#lost());
    this.#deliver(frame);
    this.#become('online');
  }

  #leaving(frame: ByeFrame): void {
    this.#notBefore = this.#ports.clock.now() + frame.retryAfter;
  }

  #deliver(frame: ServerFrame): void {
    if (this.#ports.replica.accept(frame) === 'gap') this.#lost();
  }

  #lost(): void {
    this.#release();
    const { clock, random } = this.#ports;
    const wait = Math.max(this.#notBefore - clock.now(), 0) + fullJitter(this.#attempt++, random);
    this.#become('waiting');
    this.#cancelTimer = clock.after(wait, () => this.#connect());
  }

  #refused(): void {
    this.#release();
    this.#become('refused');
  }

  #release(): void {
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
