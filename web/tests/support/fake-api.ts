import type { AskHttp, HttpAnswer, Method } from '../../src/account/http';

interface Request {
  readonly method: Method;
  readonly path: string;
  readonly body: Record<string, unknown> | undefined;
  readonly answer: (answer: HttpAnswer | null) => void;
}

/** The server's end of its HTTP API: each request waits until the test answers it. */
export class FakeApi {
  readonly requests: Request[] = [];

  ask: AskHttp = (method, path, body) =>
    new Promise((answer) => this.requests.push({ method, path, body: body as Record<string, unknown> | undefined, answer }));

  /** The newest request to this path. */
  to(path: string): Request {
    const request = this.requests.filter((request) => request.path === path).at(-1);
    if (request === undefined) throw new Error(`Nobody asked for ${path}, but for ${this.requests.map((request) => request.path).join(', ')}`);
    return request;
  }

  /** What waits for an answer has it, and did what it does with it. */
  async answer(path: string, status: number, body: unknown = null): Promise<void> {
    this.to(path).answer({ status, body });
    await turn();
  }
}

/** Everything that was promised so far has happened. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
