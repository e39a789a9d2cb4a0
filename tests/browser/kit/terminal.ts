import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { expect } from 'vitest';
import type { MinatoServer } from './minato-server';

/** A real `telnet` on a terminal of its own, which shows what is typed as any terminal does. */
export class Terminal {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #screen = '';

  private constructor(server: MinatoServer) {
    this.#screen = `$ telnet 127.0.0.1 ${server.port}\n`;
    this.#child = spawn('script', ['-qfc', `telnet 127.0.0.1 ${server.port}`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#screen += text.replaceAll('\r', '')));
  }

  /** Waits silently, as a person does, until the server greets. */
  static async open(server: MinatoServer): Promise<Terminal> {
    const terminal = new Terminal(server);
    await terminal.shows('* Welcome to Minato.');
    return terminal;
  }

  get screen(): string {
    return this.#screen;
  }

  async shows(text: string): Promise<void> {
    await expect.poll(() => this.#screen).toContain(text);
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  close(): void {
    this.#child.kill();
  }
}
