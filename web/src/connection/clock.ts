/** Time, given from outside so that tests need no sleeps. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Runs once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}
