import { isDisguised } from './look-alikes';

/** Of a link, as the browser reads it: `host` in ASCII, empty for an address of mail. */
export interface Target {
  /** As it was written. */
  readonly href: string;
  readonly scheme: string;
  readonly host: string;
  /** Whether a name stands before the host, with an `@`. */
  readonly user: boolean;
  /** Without the scheme. */
  readonly path: string;
}

const typedHost = /^https?:[\\/]*([^\\/?#:]*)/iu;
/** What browsers take for a dot, or eyes do; NFKC has made dots of most others. */
const dots = /[。‧]/gu;
// host = label 1*( *SP "." label ) / name ":" port / "localhost" / scheme "://" name
const hostLike = /[\p{L}\p{N}-]+(?: *\.[\p{L}\p{N}-]+)+|[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*(?=:\d{2,5}(?!\p{N}))|(?<![\p{L}\p{N}-])localhost(?![\p{L}\p{N}-])|(?<=[a-z][a-z\d+-]*:[\\/]{2})[^\s\\/?#:]+/gu;
const mailAddress = /[^\s@<>()"',;:]+@[^\s@<>()"',;:]*[^\s@<>()"',;:.]/gu;

/**
 * Where a link leads, if what is shown says something else or can be taken for something else; null where nobody is misled. A title
 * is not enough: a phone shows none. Rather once too often: who is told what they see already is not misled either.
 */
export function realPlace(label: string, target: Target): string | null {
  const { href, scheme, host, user, path } = target;
  if (scheme === 'mailto') return label !== href && saysOtherMail(fold(label), path.toLowerCase()) ? path : null;
  if (user) return host;
  const own = namesOf(target);
  if (label === href) return own.includes(typed(href)) ? null : host;
  return saysOther(fold(label), own) ? host : null;
}

function fold(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(dots, '.');
}

/** The host, and how it was written where that is plainly of another script; whatever else is not what it says by the letter is held against it. */
function namesOf({ href, host }: Target): readonly string[] {
  const written = typed(href);
  return host.includes('xn--') && !written.split(/[.。．｡]/u).some(isDisguised) ? [host, written] : [host];
}

function typed(href: string): string {
  return (typedHost.exec(href)?.[1] ?? '').toLowerCase();
}

/** Whether any word of it is a host, and none of these, nor one that they are part of. */
function saysOther(label: string, own: readonly string[]): boolean {
  const said = (label.match(hostLike) ?? []).map((name) => name.replaceAll(' ', ''));
  return said.some((name) => !own.some((host) => host === name || (name.includes('.') && host.endsWith(`.${name}`))));
}

function saysOtherMail(label: string, path: string): boolean {
  const said = label.match(mailAddress) ?? [];
  return said.some((address) => address !== path) || saysOther(label.replace(mailAddress, ' '), [path.slice(path.lastIndexOf('@') + 1)]);
}
