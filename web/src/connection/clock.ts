/** Time, given from outside so that tests need no sleeps. */
export interface Clock {
  /** Milliseconds since 1970 UTC, as far as the machine knows: it may jump either way. */
  now(): number;
  /** Milliseconds since some moment; never jumps. For how long something took, and nothing else. */
  elapsed(): number;
  /** Runs once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}
