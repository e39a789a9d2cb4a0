import { Fields, Malformed } from '../wire/fields';
import type { ErrorFrame } from '../wire/server-frames';
import { readAnswer, type Done } from './answers';
import type { AskHttp, Method } from './http';

/** Who lets themselves in: always by a cookie that no script can read. */
export interface Newcomer {
  readonly nick: string;
  readonly password: string;
  readonly invitation: string | null;
  /** The session of the guest whom they have been so far, and go on being. */
  readonly guest: string | null;
}

const api = '/api/v1';

/** What there is to ask about accounts, over HTTP. A refusal is the same value as over the WebSocket. */
export class AccountApi {
  readonly #http: AskHttp;
  readonly #device: string;

  /** @param device What this browser is called in the list of sessions. */
  constructor(http: AskHttp, device: string) {
    this.#http = http;
    this.#device = device;
  }

  /** Who is let in here, and who may make an account. */
  readonly sign = () => this.#ask('GET', '/door', undefined, readAnswer.sign);

  readonly signUp = ({ nick, password, invitation, guest }: Newcomer) => this.#ask('POST', `${api}/accounts`, {
    nick, password, device: this.#device, cookie: true,
    ...(invitation === null ? {} : { invitation }), ...(guest === null ? {} : { guest }),
  }, readAnswer.opened);

  readonly logIn = (nick: string, password: string) =>
    this.#ask('POST', `${api}/logins`, { nick, password, device: this.#device, cookie: true }, readAnswer.opened);

  readonly recover = (nick: string, code: string, password: string) =>
    this.#ask('POST', `${api}/recoveries`, { nick, code, password, device: this.#device, cookie: true }, readAnswer.opened);

  /** What a passkey is to sign, for whoever has one. */
  readonly askForPasskey = () => this.#ask('POST', `${api}/logins/passkey/options`, undefined, readAnswer.ceremony);
  readonly logInByPasskey = (ceremony: string, credential: object) =>
    this.#ask('POST', `${api}/logins/passkey`, { ceremony, credential, device: this.#device, cookie: true }, readAnswer.opened);

  readonly sessions = () => this.#ask('GET', `${api}/sessions`, undefined, readAnswer.sessions);
  readonly endSession = (id: string) => this.#do('DELETE', `${api}/sessions/${encodeURIComponent(id)}`);
  readonly endCurrentSession = () => this.endSession('current');

  readonly endOtherSessions = () => this.#do('DELETE', `${api}/sessions?keep=current`);

  readonly changePassword = (password: string, to: string) => this.#do('PUT', `${api}/me/password`, { password, new: to });
  readonly makeRecoveryCodes = (password: string) => this.#ask('POST', `${api}/me/recovery-codes`, { password }, readAnswer.codes);
  readonly deleteMe = (password: string) => this.#do('POST', `${api}/me/deletion`, { password });

  readonly passkeys = () => this.#ask('GET', `${api}/passkeys`, undefined, readAnswer.passkeys);
  readonly askForNewPasskey = (password: string) => this.#ask('POST', `${api}/passkeys/options`, { password }, readAnswer.ceremony);
  readonly addPasskey = (ceremony: string, credential: object, name: string) => this.#do('POST', `${api}/passkeys`, { ceremony, credential, name });
  readonly renamePasskey = (id: string, name: string) => this.#do('PATCH', `${api}/passkeys/${encodeURIComponent(id)}`, { name });
  readonly deletePasskey = (id: string) => this.#do('DELETE', `${api}/passkeys/${encodeURIComponent(id)}`);

  readonly tokens = () => this.#ask('GET', `${api}/tokens`, undefined, readAnswer.tokens);
  /** @param expires Null: never. */
  readonly makeToken = (name: string, scope: string, expires: number | null) =>
    this.#ask('POST', `${api}/tokens`, { name, scope, ...(expires === null ? {} : { expires }) }, readAnswer.token);
  readonly revokeToken = (id: string) => this.#do('DELETE', `${api}/tokens/${encodeURIComponent(id)}`);

  readonly accounts = () => this.#ask('GET', `${api}/accounts`, undefined, readAnswer.accounts);
  readonly setActive = (id: string, active: boolean) => this.#do('PATCH', `${api}/accounts/${encodeURIComponent(id)}`, { active });
  readonly setRole = (id: string, role: string) => this.#do('PATCH', `${api}/accounts/${encodeURIComponent(id)}`, { role });
  /** Erases all that somebody has said in any room. */
  readonly purge = (id: string, deactivate: boolean) => this.#do('POST', `${api}/accounts/${encodeURIComponent(id)}/purge`, { deactivate });

  /** @param before The id of the oldest one held; null: from the newest. */
  readonly reports = (state: string, before: number | null) =>
    this.#ask('GET', `${api}/reports?state=${state}${before === null ? '' : `&before=${before}`}`, undefined, readAnswer.reports);
  readonly resolveReport = (id: number, resolution: string) => this.#do('PATCH', `${api}/reports/${id}`, { resolution });

  readonly invitations = () => this.#ask('GET', `${api}/invitations`, undefined, readAnswer.invitations);
  readonly makeInvitation = (role: string, uses: number, expires: number) =>
    this.#ask('POST', `${api}/invitations`, { role, uses, expires }, readAnswer.invitation);
  readonly revokeInvitation = (id: string) => this.#do('DELETE', `${api}/invitations/${encodeURIComponent(id)}`);

  readonly settings = () => this.#ask('GET', `${api}/settings`, undefined, readAnswer.settings);
  readonly changeSettings = (change: { readonly signup?: string; readonly departed?: string }) =>
    this.#ask('PATCH', `${api}/settings`, change, readAnswer.settings);

  /** @param before The id of the oldest entry held; null: from the newest. */
  readonly audit = (before: number | null, limit: number) =>
    this.#ask('GET', `${api}/audit?limit=${limit}${before === null ? '' : `&before=${before}`}`, undefined, readAnswer.audit);

  #do(method: Method, path: string, body?: object): Promise<Done | ErrorFrame> {
    return this.#ask(method, path, body, () => ({ op: 'done' }));
  }

  async #ask<T>(method: Method, path: string, body: object | undefined, read: (fields: Fields) => T): Promise<T | ErrorFrame> {
    const answer = await this.#http(method, path, body);
    if (answer === null) return refusal('unreachable');
    try {
      const fields = new Fields(answer.body ?? {});
      return answer.status < 300 ? read(fields) : readProblem(fields);
    } catch (error) {
      if (error instanceof Malformed) return refusal('unknown');
      throw error;
    }
  }
}

// application/problem+json, https://www.rfc-editor.org/rfc/rfc9457
function readProblem(fields: Fields): ErrorFrame {
  return {
    op: 'error',
    code: fields.text('code'),
    message: fields.text('detail'),
    retryAfter: fields.optional('retryAfter', (name) => fields.count(name)),
  };
}

function refusal(code: string): ErrorFrame {
  return { op: 'error', code, message: '' };
}
