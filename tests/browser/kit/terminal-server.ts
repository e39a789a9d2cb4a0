import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const executable = fileURLToPath(new URL('../../../src/Minato.Cli/bin/Release/net10.0/minato', import.meta.url));

/** A server as somebody starts it for the first time: in a real terminal, and known by nothing but what stands there. */
export class TerminalServer {
  readonly #data = mkdtempSync(join(tmpdir(), 'minato-journey-'));
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #screen = '';

  private constructor(options: string) {
    // `script` gives it a terminal of its own, and ends it when it is told to end.
    this.#child = spawn('script', ['-qfec', `exec ${executable} ${options} --data ${this.#data}`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#screen += text.replaceAll('\r', '')));
  }

  static start(options: string): TerminalServer {
    return new TerminalServer(options);
  }

  /** What matches on the screen, as soon as it stands there. */
  async reads(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.#screen).toMatch(pattern);
    return pattern.exec(this.#screen)![0];
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    // Ctrl+C, as at any terminal.
    this.#child.stdin.write('\x03');
    await gone;
    rmSync(this.#data, { recursive: true, force: true });
  }
}
