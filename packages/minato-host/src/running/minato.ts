/** How it was over. */
export interface Exit {
  /** `stopped`: by us. `ended`: by itself, or somebody else. `gave_up`: after the last restart; `error` says why it did not start. */
  readonly reason: 'stopped' | 'ended' | 'gave_up';
  /** The last server's, where it was ours. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly error?: Error;
}

/** A Minato server in the hands of an app. */
export interface Minato extends AsyncDisposable {
  /** Where it serves: `http://127.0.0.1:49152`. After a restart it may be another (`onRestart`). */
  readonly url: string;
  readonly port: number;
  /** The server's process. */
  readonly pid: number;
  /** False where another instance of the app started it: `stop` then only lets go of it. */
  readonly owned: boolean;
  /** When it is over for good. Never rejects. */
  readonly exited: Promise<Exit>;
  /**
   * What lets one page in, once, within 30 s. While the server is being started again it waits.
   * @param person The app's own id of its user, 1–128 bytes: the same Minato user at every start. Left out: a new guest.
   * @param nick Counts the first time; a name that is taken gets -2, -3 ….
   * @throws MinatoError
   */
  ticket(person?: string, nick?: string): Promise<string>;
  /** Asks it to end, and makes it end after `stopTimeout`. Resolves when it has. */
  stop(): Promise<void>;
}
