import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the page of an app answers the frame that it shows. */
export interface HostAnswers {
  /** Where its answers go to; the frame's own origin unless a test lies about it. */
  readonly to?: string;
  /** Answers each asking with this in place of a ticket. */
  readonly say?: unknown;
  /** How many askings pass before the first answer. */
  readonly deaf?: number;
}

/** An app: its page shows Minato in a frame, and has its tickets from a program that holds the launch token. */
export class HostPage {
  readonly #server: Server;
  #minato = '';
  #token = '';
  #answers: HostAnswers = {};
  /** Tickets given out so far. */
  tickets = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void (request.url === '/ticket' ? this.ticket().then((ticket) => response.end(ticket)) : response.setHeader('content-type', 'text/html; charset=utf-8').end(this.#page()));
    });
  }

  static async start(): Promise<HostPage> {
    const page = new HostPage();
    await new Promise<void>((resolve) => page.#server.listen(0, '127.0.0.1', resolve));
    return page;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  shows(minato: string, token: string, answers: HostAnswers = {}): void {
    [this.#minato, this.#token, this.#answers] = [minato, token, answers];
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async ticket(): Promise<string> {
    this.tickets++;
    const response = await fetch(`${this.#minato}/api/v1/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'the-one-here', nick: 'Aoi' }),
    });
    return ((await response.json()) as { ticket: string }).ticket;
  }

  #page(): string {
    const { to, say, deaf = 0 } = this.#answers;
    return `<!doctype html><title>An app</title><link rel="icon" href="data:,"><iframe src="${this.#minato}/" style="width:100%;height:90vh"></iframe><script>
      let deaf = ${deaf};
      window.askings = 0;
      const frame = document.querySelector('iframe');
      addEventListener('message', async ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== ${JSON.stringify(this.#minato)} || data?.minato !== 1 || data.want !== 'ticket') return;
        window.askings++;
        if (deaf-- > 0) return;
        const answer = ${say === undefined ? "{ minato: 1, ticket: await (await fetch('/ticket')).text() }" : JSON.stringify(say)};
        source.postMessage(answer, ${JSON.stringify(to ?? this.#minato)});
      });
    </script>`;
  }
}
