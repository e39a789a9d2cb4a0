import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { StartOptions } from '../options.js';
import { findExecutable } from '../starting/executable.js';
import { acquire, type Plan } from './acquire.js';
import { Keeper } from './keeper.js';
import type { Minato } from './minato.js';

/**
 * Starts Minato for this app, and resolves when it serves. Where another instance of the app has started it on the same data, that
 * server is shared (`owned` is false).
 * @throws MinatoError Nothing is left running.
 */
export async function start(options: StartOptions): Promise<Minato> {
  if (!options.data === !options.memory) {
    throw new TypeError('Minato needs either a data folder of the app’s own (data) or none (memory: true).');
  }
  if (options.sticky !== undefined && options.port !== undefined) throw new TypeError('A sticky port is found by its key (sticky): it does not go with a number (port).');
  const end = new AbortController();
  const abort = () => end.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', abort);
  if (options.signal?.aborted) abort();
  const plan: Plan = {
    executable: findExecutable(options.executable),
    data: options.data ? resolve(options.data) : null,
    embedOrigins: options.embedOrigins ?? [],
    sticky: options.sticky ?? null,
    args: options.args ?? [],
    token: randomBytes(32).toString('hex'),
    readyTimeout: options.readyTimeout ?? 5000,
    stopTimeout: options.stopTimeout ?? 10_000,
    onLog: options.onLog ?? (() => {}),
    signal: end.signal,
  };
  try {
    const keeper = new Keeper(plan, end, await acquire(plan, options.port ?? 0), options);
    void keeper.exited.finally(() => options.signal?.removeEventListener('abort', abort));
    return keeper;
  } catch (error) {
    options.signal?.removeEventListener('abort', abort);
    throw error;
  }
}
