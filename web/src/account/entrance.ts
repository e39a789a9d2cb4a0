import { createSignal } from 'solid-js';
import type { Client } from '../client/client';
import type { GuestSession } from '../client/session';
import type { Clock } from '../connection/clock';
import type { Status } from '../connection/connection';
import type { ErrorFrame } from '../wire/server-frames';
import type { AccountApi } from './account-api';
import type { Done, Opened, Sign } from './answers';

export type Form = 'log-in' | 'sign-up' | 'recover';

export interface EntrancePorts {
  readonly client: Pick<Client, 'start' | 'workspace'>;
  readonly api: AccountApi;
  readonly session: GuestSession;
  readonly clock: Clock;
  readonly forgetDrafts: () => void;
  /** Tells the other tabs of this browser that somebody came in. */
  readonly tellEntered: () => void;
}

/** How long to wait before the door's sign is read again, in milliseconds: the server may be starting. */
const patience = 1_000;

/** How people come in and go: which form stands before them, and what happens when it was answered. */
export class Entrance {
  readonly #ports: EntrancePorts;
  readonly #form = createSignal<Form | null>(null);
  readonly #invitation = createSignal<string | null>(null);
  readonly #ended = createSignal(false);
  readonly #sign = createSignal<Sign | null>(null);
  /** Whether the form goes away by itself once the server lets this page in. */
  #closesOnline = false;
  #isEntering = false;
  #isLeaving = false;
  #wasIn = false;
  /** Where guests are let in: whether to come as somebody new, once for each time that one was let in. */
  #mayBeAnew = true;
  #status: Status = 'connecting';

  /** Null: no form stands before the rooms. */
  readonly form = this.#form[0];
  /** The secret of the invitation by which somebody came; in memory only. */
  readonly invitation = this.#invitation[0];
  /** Whether one was in, and then was not any more: revoked elsewhere, or run out. */
  readonly ended = this.#ended[0];
  /** Null until it was needed. */
  readonly sign = this.#sign[0];

  constructor(ports: EntrancePorts) {
    this.#ports = ports;
  }

  /** Somebody opened the link of an invitation. */
  invite(secret: string): void {
    this.#invitation[1](secret);
    this.show('sign-up');
    void this.readSign();
  }

  show(form: Form): void {
    this.#form[1](form);
  }

  /** Back to the rooms, without having come in by the form. */
  close(): void {
    this.#invitation[1](null);
    this.#form[1](null);
    if (this.#status === 'refused') void this.#refused();
  }

  /** To be told of every change of the connection. */
  follow(status: Status): void {
    this.#status = status;
    if (status === 'online') this.#online();
    else if (status === 'refused') void this.#refused();
  }

  /** Another tab of this browser has come in: its cookie is this one's, too. */
  enteredElsewhere(): void {
    const { client, session } = this.#ports;
    const you = client.workspace.you();
    if (this.#status === 'online' && you !== null && !you.guest) return;
    session.forget();
    client.start();
  }

  async readSign(): Promise<Sign | null> {
    const sign = await this.#ports.api.sign();
    if (sign.op === 'error') return null;
    this.#sign[1](sign);
    return sign;
  }

  logIn(nick: string, password: string): Promise<Opened | ErrorFrame> {
    return this.#enter(() => this.#ports.api.logIn(nick, password));
  }

  logInByPasskey(ceremony: string, credential: object): Promise<Opened | ErrorFrame> {
    return this.#enter(() => this.#ports.api.logInByPasskey(ceremony, credential));
  }

  recover(nick: string, code: string, password: string): Promise<Opened | ErrorFrame> {
    return this.#enter(() => this.#ports.api.recover(nick, code, password));
  }

  /** A guest who has said something goes on being the same person. */
  signUp(nick: string, password: string): Promise<Opened | ErrorFrame> {
    const you = this.#ports.client.workspace.you();
    const guest = you !== null && you.guest && you.id !== null ? this.#ports.session.load() : null;
    return this.#enter(() => this.#ports.api.signUp({ nick, password, guest, invitation: this.invitation() }));
  }

  /** What was typed and not sent goes with one: the next at this screen is somebody else. */
  logOut(): Promise<Done | ErrorFrame> {
    return this.#leave(() => this.#ports.api.endCurrentSession());
  }

  deleteMe(password: string): Promise<Done | ErrorFrame> {
    return this.#leave(() => this.#ports.api.deleteMe(password));
  }

  async #enter(request: () => Promise<Opened | ErrorFrame>): Promise<Opened | ErrorFrame> {
    // The server ends a guest's own connection when they become somebody, before its answer is here.
    this.#isEntering = true;
    const answer = await request();
    this.#isEntering = false;
    if (answer.op === 'opened') this.#entered();
    else if (this.#status === 'refused') void this.#refused();
    return answer;
  }

  #entered(): void {
    const { client, session } = this.#ports;
    this.#invitation[1](null);
    this.#closesOnline = true;
    // From now on the cookie says who this is, and a guest's session would say somebody else.
    session.forget();
    client.start();
    this.#ports.tellEntered();
  }

  async #leave(request: () => Promise<Done | ErrorFrame>): Promise<Done | ErrorFrame> {
    this.#isLeaving = true;
    const answer = await request();
    if (answer.op === 'error') this.#isLeaving = false;
    else this.#ports.forgetDrafts();
    return answer;
  }

  #online(): void {
    this.#wasIn = true;
    this.#mayBeAnew = true;
    this.#ended[1](false);
    if (!this.#closesOnline) return;
    this.#closesOnline = false;
    this.#form[1](null);
  }

  async #refused(): Promise<void> {
    const sign = await this.readSign();
    // Somebody came in, or is about to, while the sign was read.
    if (this.#status !== 'refused' || this.#isEntering) return;
    if (sign === null) {
      this.#ports.clock.after(patience, () => this.#status === 'refused' && void this.#refused());
    } else if (sign.access === 'accounts') {
      this.#ended[1](this.#wasIn && !this.#isLeaving);
      this.#closesOnline = true;
      if (this.form() === null) this.show('log-in');
    } else if (sign.access === 'guests' && this.#mayBeAnew) {
      // Another tab of this browser has logged out, or made an account of the guest. Its cookie, which may come later, says who this is now.
      this.#mayBeAnew = false;
      this.#ports.session.forget();
      this.#ports.client.start();
    }
    this.#isLeaving = false;
  }
}
