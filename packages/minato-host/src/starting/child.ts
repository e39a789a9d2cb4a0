import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { LastLines } from './last-lines.js';
import { LineSplitter } from './line-splitter.js';

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What no line that is told may show. */
  readonly secret: string;
  /** Each line of its standard output. */
  readonly onOutput: (line: string) => void;
  /** Each line of its standard error. */
  readonly onErrors: (line: string) => void;
}

/** How a program ended: by itself, by a signal, or before it began. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started. */
  readonly error?: NodeJS.ErrnoException;
}

/** What a program left open when it ended is not waited for any longer than this, in milliseconds: a process that left its group may hold it. */
const drainTime = 1000;

/** Windows knows no groups of this kind, and would open a console for a detached program. */
const ownGroup = process.platform !== 'win32';

/**
 * A program that ends with us: its standard input is our pipe, which the kernel closes however we end. It has a group of its own, so that
 * what it started can be ended with it, and a Ctrl+C at our terminal is ours to handle.
 */
export class Child {
  readonly errors = new LastLines();
  readonly ended: Promise<ChildEnd>;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;

  constructor(program: Program) {
    const { file, args, env, secret } = program;
    this.#process = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'], detached: ownGroup, windowsHide: true });
    // Whoever ended does not read any more; its end is told by `ended`.
    this.#process.stdin.on('error', () => {});
    // Minato never writes its token; what is started in its place might write its whole environment.
    const masked = (tell: (line: string) => void) => (line: string) => tell(line.replaceAll(secret, '(token)'));
    forward(this.#process.stdout, masked(program.onOutput));
    forward(this.#process.stderr, masked((line) => {
      this.errors.add(line);
      program.onErrors(line);
    }));
    this.ended = this.#whenEnded();
  }

  /** Asks it to end, as its host's end would, and makes it end after this time in milliseconds. */
  async stop(patience: number): Promise<ChildEnd> {
    this.#process.stdin.end();
    const impatience = setTimeout(() => this.kill(), patience);
    try {
      return await this.ended;
    } finally {
      clearTimeout(impatience);
    }
  }

  /** Ends it, and its group, now. */
  kill(): void {
    const { pid, exitCode, signalCode } = this.#process;
    // Until Node has seen its end the pid cannot be anybody else's; afterwards it might be.
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    if (ownGroup) endGroup(pid);
    else this.#process.kill('SIGKILL');
  }

  #whenEnded(): Promise<ChildEnd> {
    return new Promise((resolve) => {
      this.#process.on('error', (error: NodeJS.ErrnoException) => {
        if (this.#process.pid === undefined) resolve({ code: null, signal: null, error });
      });
      this.#process.once('exit', () => {
        // What it left of its group. No new process has its number while the group has it, nor in the instant in which we hear of its end.
        if (ownGroup) endGroup(this.#process.pid!);
        const over = setTimeout(() => {
          this.#process.stdout.destroy();
          this.#process.stderr.destroy();
        }, drainTime);
        this.#process.once('close', () => clearTimeout(over));
      });
      this.#process.once('close', (code, signal) => resolve({ code, signal }));
    });
  }
}

function endGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch {
    // Nobody is left of it.
  }
}

function forward(stream: Readable, tell: (line: string) => void): void {
  const lines = new LineSplitter(tell);
  stream.setEncoding('utf8').on('data', (text: string) => lines.write(text)).once('end', () => lines.end()).on('error', () => {});
}
