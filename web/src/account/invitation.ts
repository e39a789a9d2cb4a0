// fragment = "#" ("invite" / "owner") "=" 1*(ALPHA / DIGIT / "-" / "_")
const form = /^#(?:invite|owner)=([\w-]+)$/u;

/** The secret of an invitation in an address's fragment, which browsers send to nobody; null: there is none. */
export function readInvitation(fragment: string): string | null {
  return form.exec(fragment)?.[1] ?? null;
}

export function invitationLink(origin: string, secret: string): string {
  return `${origin}/#invite=${secret}`;
}

/** Whether an address leads other machines to themselves. */
export function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d+){3}$/u.test(hostname);
}
