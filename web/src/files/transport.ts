/** What the server answered to an upload. */
export interface Stored {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export interface Sending {
  /** What was stored, or the code of the refusal; `unreachable` when nobody answered, `cancelled` when it was given up. */
  readonly done: Promise<Stored | string>;
  readonly cancel: () => void;
}

/** How bytes come and go over HTTP. `Source` is the platform's own kind of bytes. */
export interface FileTransport<Source> {
  /** @param cid Sent again under it, the file is there once. */
  send(room: string, name: string, bytes: Source, cid: string, progress: (part: number) => void): Sending;
  /** Null: it is not there, or not for us, or nobody answered. */
  fetch(path: string): Promise<Source | null>;
  /** Takes away what was stored and never said. Whether it came to that nobody waits for: the server forgets it after a week. */
  remove(path: string): void;
}
