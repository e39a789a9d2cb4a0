import type { Door } from '../connection/door';

/** How long to wait for an answer before asking again, in milliseconds: the app's page may not listen yet. */
const patience = 1_000;

/** `GET /embed`: the origins whose pages may be around this one, and whether they have to let it in. */
interface Terms {
  readonly origins: readonly string[];
  readonly ticket: boolean;
}

/** The app in whose page this one is shown. It is asked by messages that no other origin can read, and no other origin's answer counts. */
export class HostDoor implements Door {
  readonly #origins: readonly string[];

  private constructor(origins: readonly string[]) {
    this.#origins = origins;
  }

  /** Null where everybody is let in. */
  static async find(): Promise<HostDoor | null> {
    const { origins, ticket } = await readTerms();
    return ticket ? new HostDoor(origins) : null;
  }

  ticket(): Promise<string> {
    return new Promise((resolve) => {
      const timer = setInterval(() => this.#ask(), patience);
      const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
        if (source !== parent || !this.#origins.includes(origin) || !isTicket(data)) return;
        clearInterval(timer);
        removeEventListener('message', listen);
        resolve(data.ticket);
      };
      addEventListener('message', listen);
      this.#ask();
    });
  }

  #ask(): void {
    // Where the browser says whose page it is, only that one is asked: others would show as errors in its console.
    const around = location.ancestorOrigins?.[0];
    for (const origin of this.#origins)
      if (around === undefined || around === origin) parent.postMessage({ minato: 1, want: 'ticket' }, origin);
  }
}

/** Until the server answers: it may be starting again. */
async function readTerms(): Promise<Terms> {
  for (;;) {
    const answer = await fetch('/embed').then((response) => (response.ok ? (response.json() as Promise<Terms>) : null), () => null);
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, patience));
  }
}

function isTicket(data: unknown): data is { readonly minato: 1; readonly ticket: string } {
  return typeof data === 'object' && data !== null && 'minato' in data && data.minato === 1 && 'ticket' in data && typeof data.ticket === 'string';
}
