import { MinatoError } from '../error.js';
import { Child, type ChildEnd } from './child.js';
import { readReadyLine, type Ready } from './ready-line.js';

export interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  /** The launch token. It travels in the environment, which only this user can read, and never in the arguments. */
  readonly token: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

/** A server that we started and that serves. */
export interface Launched {
  readonly child: Child;
  readonly ready: Ready;
}

/** How long a program that failed to start may take to end by itself, in milliseconds. */
const lastWords = 1000;

/** Starts Minato and waits for its first line. Whatever is wrong with it, nothing of it is left when this throws a `MinatoError`. */
export async function launch(how: Launch): Promise<Launched> {
  const { child, first } = begin(how);
  try {
    return { child, ready: read(await within(how, first, child.ended), how) };
  } catch (error) {
    const isUseless = error instanceof MinatoError && (error.code === 'timeout' || error.code === 'not_minato');
    await child.stop(isUseless ? 0 : lastWords);
    // Complete only now.
    if (error instanceof MinatoError) error.lastLines = child.errors.all;
    throw error;
  }
}

function begin(how: Launch): { child: Child; first: Promise<string> } {
  const { LISTEN_FDS: _fds, LISTEN_PID: _pid, LISTEN_FDNAMES: _names, ...env } = process.env;
  let tellFirst: ((line: string) => void) | null;
  const first = new Promise<string>((resolve) => (tellFirst = resolve));
  const child = new Child({
    file: how.executable, args: how.args, env: { ...env, MINATO_TOKEN: how.token }, secret: how.token,
    onOutput(line) {
      if (tellFirst === null) return how.onLog(line);
      tellFirst(line);
      tellFirst = null;
    },
    onErrors: how.onLog,
  });
  return { child, first };
}

async function within(how: Launch, first: Promise<string>, ended: Promise<ChildEnd>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  try {
    return await Promise.race([
      first,
      ended.then((end) => { throw whyEnded(end, how.executable); }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new MinatoError('timeout',
          `Server start timeout: ${how.executable} did not say within ${how.timeout} ms where it serves.`)), how.timeout);
        onAbort = () => reject(aborted(how.signal));
        how.signal.addEventListener('abort', onAbort);
        if (how.signal.aborted) onAbort();
      }),
    ]);
  } finally {
    clearTimeout(timer);
    how.signal.removeEventListener('abort', onAbort);
  }
}

export function aborted(signal: AbortSignal): MinatoError {
  return new MinatoError('aborted', 'The app gave up the start of Minato.', { cause: signal.reason });
}

function read(line: string, how: Launch): Ready {
  const said = readReadyLine(line);
  if (said instanceof MinatoError) throw said;
  if (said !== null) return said;
  throw new MinatoError('not_minato',
    `${how.executable} is not Minato, or not one that this package knows: its first line was ${JSON.stringify(line.slice(0, 200))}.`);
}

function whyEnded({ code, signal, error: cause }: ChildEnd, executable: string): MinatoError {
  if (cause?.code === 'ENOENT' || cause?.code === 'ENOTDIR') {
    return new MinatoError('executable_missing',
      `${executable} is not there. Name Minato's executable with the option "executable" or the environment variable MINATO_EXECUTABLE.`, { cause });
  }
  if (cause !== undefined) return new MinatoError('executable_missing', `${executable} cannot be executed: ${cause.message}.`, { cause });
  return new MinatoError('ended',
    `${executable} ended ${signal === null ? `with code ${code}` : `by ${signal}`} before it said where it serves. Its last lines say why.`);
}
