import { setTimeout as sleep } from 'node:timers/promises';
import { MinatoError } from '../error.js';
import { hostFilePath } from './host-file.js';
import { OwnedServer } from './owned.js';
import type { Serving } from './serving.js';
import { share } from './share.js';
import { aborted, launch } from '../starting/launch.js';

/** The options of `start`, resolved, and what does not change from one start to the next. */
export interface Plan {
  readonly executable: string;
  /** Absolute; null keeps nothing. */
  readonly data: string | null;
  readonly embedOrigins: readonly string[];
  readonly sticky: string | null;
  readonly args: readonly string[];
  readonly token: string;
  readonly readyTimeout: number;
  readonly stopTimeout: number;
  readonly onLog: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Another instance may be just starting, or just ending: how long until we look again, in milliseconds. */
const pause = 200;

/**
 * A server on the data: ours, or the one that another instance of the app has started.
 * @param port Asked for where no sticky key is; 0 is the system's choice.
 * @throws MinatoError
 */
export async function acquire(plan: Plan, port: number): Promise<Serving> {
  const deadline = performance.now() + plan.readyTimeout;
  let inUse: MinatoError | null = null;
  for (;;) {
    if (plan.signal.aborted) throw aborted(plan.signal);
    try {
      return await startOwn(plan, port, Math.ceil(Math.max(deadline - performance.now(), pause)));
    } catch (error) {
      // The time was spent waiting for the other instance.
      if (inUse !== null && error instanceof MinatoError && error.code === 'timeout') throw inUse;
      if (!(error instanceof MinatoError) || error.code !== 'data_in_use' || plan.data === null) throw error;
      const shared = await share(plan.data, plan.executable, plan.embedOrigins, error);
      if (typeof shared !== 'string') return shared;
      inUse = unshared(error, shared);
    }
    if (performance.now() + pause >= deadline) throw inUse;
    await sleep(pause);
  }
}

async function startOwn(plan: Plan, port: number, timeout: number): Promise<Serving> {
  const launched = await launch({ ...plan, args: serveArguments(plan, port), timeout });
  return new OwnedServer(launched, plan.token, plan.stopTimeout);
}

function serveArguments(plan: Plan, port: number): string[] {
  return [
    'serve', ...(plan.sticky === null ? [`127.0.0.1:${port}`] : ['--sticky', plan.sticky]),
    ...(plan.data === null ? ['--memory'] : ['--data', plan.data, '--ready-file', hostFilePath(plan.data)]),
    '--access', 'token', '--ready-json', '--exit-with-parent',
    ...plan.embedOrigins.flatMap((origin) => ['--embed-origin', origin]),
    ...plan.args,
  ];
}

function unshared(error: MinatoError, why: string): MinatoError {
  const { pid, url, cause } = error;
  const told = new MinatoError('data_in_use', `${error.message} It cannot be shared: ${why}.`,
    { ...(pid !== undefined && { pid }), ...(url !== undefined && { url }), cause });
  told.lastLines = error.lastLines;
  return told;
}
