import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MinatoError, start, type Minato, type StartOptions } from '../../src/index.js';

/** The one that was built here, from build/test/kit; another by its name. */
export const executable = process.env['MINATO_EXECUTABLE']
  ?? fileURLToPath(new URL('../../../../../src/Minato.Cli/bin/Release/net10.0/minato', import.meta.url));

/** Starting takes half a second; the rest is for machines with other things to do. */
const patience = 60_000;

/** A server that is stopped with its test. */
export async function startMinato(t: TestContext, options: Partial<StartOptions> = {}): Promise<Minato> {
  const server = await start({ executable, readyTimeout: patience, memory: !options.data, ...options });
  t.after(() => server.stop());
  return server;
}

/** The error that `start` must end with. */
export async function failingStart(options: StartOptions): Promise<MinatoError> {
  const outcome = await start(options).then((server) => server.stop().then(() => 'it started'), (error: unknown) => error);
  assert(outcome instanceof MinatoError, String(outcome));
  return outcome;
}
