// https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON: browsers read and write the server's JSON themselves, those of 2025 all of them.

/** Why there are none here; null: there are. */
export type NoPasskeys = 'address' | 'insecure' | 'browser' | 'elsewhere' | null;

/** @param served Whether the server has any at the address by which this page was opened. */
export function whyNoPasskeys(served: boolean): NoPasskeys {
  if (!isSecureContext) return 'insecure';
  // A page on an address of numbers has no name under which a passkey could be kept.
  if (/^[\d.]+$|^\[/u.test(location.hostname)) return 'address';
  if (typeof PublicKeyCredential === 'undefined' || !('parseCreationOptionsFromJSON' in PublicKeyCredential)) return 'browser';
  return served ? null : 'elsewhere';
}

/** Null: whoever was asked would not, or has this one already. */
export function makePasskey(options: object): Promise<object | null> {
  return answered(() => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
  }));
}

/**
 * Null: whoever was asked would not, or something else was asked instead.
 * @param mediation `conditional`: in the list that a field offers, whenever somebody picks it there.
 */
export function signByPasskey(options: object, mediation: 'optional' | 'conditional', signal: AbortSignal): Promise<object | null> {
  return answered(() => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON), mediation, signal,
  }));
}

/** Whether a field can offer passkeys with the names that the browser keeps. */
export async function offersInFields(): Promise<boolean> {
  return await PublicKeyCredential.isConditionalMediationAvailable?.() ?? false;
}

async function answered(ask: () => Promise<Credential | null>): Promise<object | null> {
  try {
    return ((await ask()) as PublicKeyCredential | null)?.toJSON() ?? null;
  } catch (error) {
    // Browsers do not tell a page which of them it was, so that it cannot find out who has a key.
    if (error instanceof DOMException) return null;
    throw error;
  }
}
