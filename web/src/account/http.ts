export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpAnswer {
  readonly status: number;
  /** The answer's JSON; null where there is none. */
  readonly body: unknown;
}

/** One request to the server's own API, as whom the browser's cookie says. Null: nobody answered. */
export type AskHttp = (method: Method, path: string, body?: object) => Promise<HttpAnswer | null>;
