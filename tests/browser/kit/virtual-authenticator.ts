import type { CDPSession } from 'playwright-core';
import type { Person } from './person';

type Credential = Awaited<ReturnType<VirtualAuthenticator['credentials']>>[number];

// https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
/** A device's own keeper of passkeys, which always finds the right finger. */
export class VirtualAuthenticator {
  readonly #cdp: CDPSession;
  readonly #id: string;

  private constructor(cdp: CDPSession, id: string) {
    [this.#cdp, this.#id] = [cdp, id];
  }

  static async of(person: Person): Promise<VirtualAuthenticator> {
    const cdp = await person.page.context().newCDPSession(person.page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
      },
    });
    return new VirtualAuthenticator(cdp, authenticatorId);
  }

  async credentials() {
    return (await this.#cdp.send('WebAuthn.getCredentials', { authenticatorId: this.#id })).credentials;
  }

  /** As somebody's devices pass them on to each other. */
  async keep(credentials: readonly Credential[]): Promise<void> {
    for (const credential of credentials) await this.#cdp.send('WebAuthn.addCredential', { authenticatorId: this.#id, credential });
  }

  /** The finger is a stranger's. */
  async refuse(): Promise<void> {
    await this.#cdp.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified: false });
  }
}
