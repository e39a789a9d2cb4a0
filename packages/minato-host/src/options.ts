/** How Minato is to be started. */
export interface StartOptions {
  /** The app's data folder for Minato. Needed, unless `memory` is true: Minato's own default folder is a person's, not an app's. */
  readonly data?: string;
  /** Keep nothing; such a server is never shared with another instance of the app. */
  readonly memory?: boolean;
  /** The program. Else `MINATO_EXECUTABLE`, else `minato` beside the app, else in PATH. */
  readonly executable?: string;
  /** The origins of the app's pages that show Minato in an iframe: `app://host`, `http://tauri.localhost`. */
  readonly embedOrigins?: readonly string[];
  /** The same port at each start for this key, and with it the same origin and browser storage. */
  readonly sticky?: string;
  /** This port on 127.0.0.1, or the error `port_in_use`. Without it and `sticky`: a free one. */
  readonly port?: number;
  /** Further arguments of `minato serve`. No secrets: every process can read them. */
  readonly args?: readonly string[];
  /** Until the server serves: 5,000 ms, as Minato's own `GetLocalUrlAsync`. */
  readonly readyTimeout?: number;
  /** From asking the server to end until it is made to: 10,000 ms, as Docker's and twice what Minato takes to say goodbye. */
  readonly stopTimeout?: number;
  /** Start it again when it ends unasked: after 100 ms, doubled up to 10 s; given up after 5 times within 60 s. */
  readonly restart?: boolean;
  /** Called when it serves again after a restart. The URL is the same, unless somebody took the port meanwhile. */
  readonly onRestart?: (url: string) => void;
  /** Each line that the server writes. Never a secret. */
  readonly onLog?: (line: string) => void;
  /** Ends `start`, or the server. */
  readonly signal?: AbortSignal;
}
