import type { ChildEnd } from '../starting/child.js';

/** A server that this app uses: started by it, or by another instance of it. */
export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The launch token. */
  readonly token: string;
  /** Whether it is ours, and ends with us. */
  readonly owned: boolean;
  readonly ended: Promise<ChildEnd>;
  /** Ends it where it is ours; lets go of it where it is not. */
  stop(): Promise<void>;
}
