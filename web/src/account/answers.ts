import { readBody, readUser, readYou } from '../wire/read-values';
import type { Fields } from '../wire/fields';
import type { User, You } from '../wire/types';

/** Times are milliseconds since 1970 UTC. docs/protocols/http.md is the authority. */
export interface DeviceSession {
  readonly id: string;
  readonly device: string;
  readonly created: number;
  readonly used: number;
  /** The one by which it was asked. */
  readonly current: boolean;
}

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly created: number;
  readonly used?: number | undefined;
  /** Absent: never. */
  readonly expires?: number | undefined;
}

export interface PasskeyInfo {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly used?: number | undefined;
  /** Whether it is kept elsewhere, too, and outlives its device. */
  readonly synced: boolean;
}

export interface AccountInfo {
  readonly id: string;
  readonly nick: string;
  readonly role: string;
  readonly active: boolean;
}

export interface InvitationInfo {
  readonly id: string;
  readonly role: string;
  /** Absent: the operator, or somebody who is gone. */
  readonly by?: string | undefined;
  readonly expires: number;
  readonly uses: number;
  readonly maxUses: number;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  /** As they are called today; absent: the operator. */
  readonly by?: string | undefined;
  readonly byId?: string | undefined;
  readonly act: string;
  readonly subject?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly detail?: string | undefined;
}

/** What somebody reported, as it was at that moment. */
export interface ReportInfo {
  readonly id: number;
  readonly at: number;
  readonly by: User;
  readonly reason?: string | undefined;
  readonly room: { readonly id: string; readonly kind: string; readonly title: string };
  readonly message: { readonly seq: number; readonly ts: number; readonly from: User; readonly body?: string | undefined; readonly erased?: boolean | undefined };
  readonly resolution?: string | undefined;
  readonly resolved?: number | undefined;
  readonly resolver?: User | undefined;
}

export interface Reports { readonly op: 'reports'; readonly open: number; readonly reports: readonly ReportInfo[]; readonly more: boolean }
export interface Opened { readonly op: 'opened'; readonly you: You }
export interface Done { readonly op: 'done' }
/** `passkeys`: whether there are any at the address by which the page was opened. */
export interface Sign { readonly op: 'sign'; readonly access: string; readonly signup: string; readonly passkeys: boolean }
/** `options` are the browser's to read. */
export interface Ceremony { readonly op: 'ceremony'; readonly ceremony: string; readonly options: object }
export interface Passkeys { readonly op: 'passkeys'; readonly passkeys: readonly PasskeyInfo[] }
export interface Sessions { readonly op: 'sessions'; readonly sessions: readonly DeviceSession[] }
export interface RecoveryCodes { readonly op: 'codes'; readonly codes: readonly string[] }
export interface Tokens { readonly op: 'tokens'; readonly tokens: readonly AccessToken[] }
export interface Accounts { readonly op: 'accounts'; readonly accounts: readonly AccountInfo[] }
export interface Invitations { readonly op: 'invitations'; readonly invitations: readonly InvitationInfo[] }
/** A secret that is told this once. */
export interface Made { readonly op: 'made'; readonly id: string; readonly secret: string }
export interface Settings { readonly op: 'settings'; readonly signup: string; readonly departed: string }
export interface Audit { readonly op: 'audit'; readonly audit: readonly AuditEntry[] }

const optionalText = (fields: Fields, name: string) => fields.optional(name, (name) => fields.text(name));
const optionalCount = (fields: Fields, name: string) => fields.optional(name, (name) => fields.count(name));

export const readAnswer = {
  opened: (fields: Fields): Opened => ({ op: 'opened', you: fields.object('you', readYou) }),
  sign: (fields: Fields): Sign => ({
    op: 'sign', access: fields.text('access'), signup: fields.text('signup'), passkeys: fields.optional('passkeys', (name) => fields.flag(name)) ?? false,
  }),
  ceremony: (fields: Fields): Ceremony => ({ op: 'ceremony', ceremony: fields.text('ceremony'), options: fields.raw('options') }),
  passkeys: (fields: Fields): Passkeys => ({ op: 'passkeys', passkeys: fields.list('passkeys', readPasskey) }),
  sessions: (fields: Fields): Sessions => ({ op: 'sessions', sessions: fields.list('sessions', readSession) }),
  codes: (fields: Fields): RecoveryCodes => ({ op: 'codes', codes: fields.texts('codes') }),
  tokens: (fields: Fields): Tokens => ({ op: 'tokens', tokens: fields.list('tokens', readToken) }),
  accounts: (fields: Fields): Accounts => ({ op: 'accounts', accounts: fields.list('accounts', readAccount) }),
  reports: (fields: Fields): Reports => ({
    op: 'reports', open: fields.count('open'), reports: fields.list('reports', readReport), more: fields.flag('more'),
  }),
  invitations: (fields: Fields): Invitations => ({ op: 'invitations', invitations: fields.list('invitations', readInvitation) }),
  token: (fields: Fields): Made => ({ op: 'made', id: fields.text('id'), secret: fields.text('token') }),
  invitation: (fields: Fields): Made => ({ op: 'made', id: fields.text('id'), secret: fields.text('invitation') }),
  settings: (fields: Fields): Settings => ({ op: 'settings', signup: fields.text('signup'), departed: fields.text('departed') }),
  audit: (fields: Fields): Audit => ({ op: 'audit', audit: fields.list('audit', readEntry) }),
};

function readSession(fields: Fields): DeviceSession {
  return {
    id: fields.text('id'), device: fields.text('device'), created: fields.count('created'), used: fields.count('used'), current: fields.flag('current'),
  };
}

function readToken(fields: Fields): AccessToken {
  return {
    id: fields.text('id'), name: fields.text('name'), scope: fields.text('scope'), created: fields.count('created'),
    used: optionalCount(fields, 'used'), expires: optionalCount(fields, 'expires'),
  };
}

function readPasskey(fields: Fields): PasskeyInfo {
  return {
    id: fields.text('id'), name: fields.text('name'), created: fields.count('created'), used: optionalCount(fields, 'used'), synced: fields.flag('synced'),
  };
}

function readAccount(fields: Fields): AccountInfo {
  return { id: fields.text('id'), nick: fields.text('nick'), role: fields.text('role'), active: fields.flag('active') };
}

function readInvitation(fields: Fields): InvitationInfo {
  return {
    id: fields.text('id'), role: fields.text('role'), by: optionalText(fields, 'by'), expires: fields.count('expires'),
    uses: fields.count('uses'), maxUses: fields.count('maxUses'),
  };
}

function readEntry(fields: Fields): AuditEntry {
  return {
    id: fields.count('id'), at: fields.count('at'), by: optionalText(fields, 'by'), byId: optionalText(fields, 'byId'),
    act: fields.text('act'), subject: optionalText(fields, 'subject'), subjectId: optionalText(fields, 'subjectId'), detail: optionalText(fields, 'detail'),
  };
}

function readReport(fields: Fields): ReportInfo {
  return {
    id: fields.count('id'),
    at: fields.count('at'),
    by: fields.object('by', readUser),
    reason: fields.optional('reason', (name) => fields.text(name)),
    room: fields.object('room', (room) => ({ id: room.text('id'), kind: room.text('kind'), title: room.text('title') })),
    message: fields.object('message', (message) => ({
      seq: message.count('seq'), ts: message.count('ts'), from: message.object('from', readUser), ...readBody(message),
    })),
    resolution: fields.optional('resolution', (name) => fields.text(name)),
    resolved: fields.optional('resolved', (name) => fields.count(name)),
    resolver: fields.optional('resolver', (name) => fields.object(name, readUser)),
  };
}
