/** A message that a notification tells of. */
export interface Pointer {
  readonly room: string;
  readonly seq: number;
}

/** What the service worker says to pages. */
export type FromWorker =
  /** A newer build is at hand; these are its files. */
  | { readonly op: 'shell'; readonly files: readonly string[] }
  /** Somebody pressed a notification. */
  | { readonly op: 'open' } & Pointer;
