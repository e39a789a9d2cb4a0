/** What there is to say besides the sentence. */
export interface ErrorDetails {
  /** The port that is in use. */
  readonly port?: number;
  /** Who has the port or the data. */
  readonly pid?: number;
  /** Where the data is served already. */
  readonly url?: string;
  readonly cause?: unknown;
}

/**
 * Why there is no server, or no ticket. Codes of our own: `executable_missing`, `not_minato`, `timeout`, `ended`, `aborted`, `stopped`,
 * `unreachable`. Minato's own come as they are: `data_in_use`, `port_in_use`, `port_forbidden`, `port_unavailable`, `database`,
 * `certificate`, `usage`, `error`, and for tickets those of its HTTP API.
 */
export class MinatoError extends Error {
  override readonly name = 'MinatoError';
  readonly code: string;
  /** The program's last lines on stderr, at most 50. */
  lastLines: readonly string[] = [];
  readonly port?: number;
  readonly pid?: number;
  readonly url?: string;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.port !== undefined) this.port = details.port;
    if (details.pid !== undefined) this.pid = details.pid;
    if (details.url !== undefined) this.url = details.url;
  }
}
