// fragment = "#" pair *1("&" pair)
// pair     = ("invite" / "owner" / "join") "=" 1*(ALPHA / DIGIT / "-" / "_")
const form = /^#(?:invite|owner|join)=[\w-]+(?:&(?:invite|owner|join)=[\w-]+)?$/u;

/** What a link brings with it, in the fragment of its address, which browsers send to nobody. */
export interface AddressSecrets {
  /** Makes an account. */
  readonly invitation: string | null;
  /** Leads into a room. */
  readonly room: string | null;
}

/** Null: there is none. */
export function readSecrets(fragment: string): AddressSecrets | null {
  if (!form.test(fragment)) return null;
  const pairs = new Map(fragment.slice(1).split('&').map((pair) => pair.split('=') as [string, string]));
  return { invitation: pairs.get('invite') ?? pairs.get('owner') ?? null, room: pairs.get('join') ?? null };
}

export function invitationLink(origin: string, secret: string): string {
  return `${origin}/#invite=${secret}`;
}

/** @param invitation For who has no account yet: one link makes it, and leads into the room. */
export function roomLink(origin: string, secret: string, invitation: string | null): string {
  return `${origin}/#${invitation === null ? '' : `invite=${invitation}&`}join=${secret}`;
}

/** Whether an address leads other machines to themselves. */
export function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d+){3}$/u.test(hostname);
}
