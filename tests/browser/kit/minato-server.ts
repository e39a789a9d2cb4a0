import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const executable = fileURLToPath(new URL('../../../src/Minato.Cli/bin/Release/net10.0/minato', import.meta.url));

/** A name under which pages reach the server, in the clear: then they are in no secure context, as on a local network. Empty: 127.0.0.1. */
const name = process.env['MINATO_TEST_NAME'] ?? '';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** A real server in a process of its own, on a data folder of its own that goes with it. */
export class MinatoServer {
  readonly #data = mkdtempSync(join(tmpdir(), 'minato-browser-'));
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: Child | null = null;
  #errors = '';
  #port = 0;

  private constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    [this.#args, this.#env] = [args, env];
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<MinatoServer> {
    if (!existsSync(executable)) throw new Error(`${executable} is missing: dotnet build src/Minato.Cli -c Release`);
    const named = name === '' || args.includes('--public-url') ? [] : ['--public-url', `http://${name}`, ...(args.includes('--access') ? [] : ['--access', 'guests'])];
    const server = new MinatoServer([...named, ...args], env);
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://${name || '127.0.0.1'}:${this.#port}`;
  }

  /** Starts on a free port at first, and on the same one ever after. */
  async start(): Promise<void> {
    // Its stdin is our pipe: should this process die, the server ends with it.
    const args = [`127.0.0.1:${this.#port}`, '--data', this.#data, '--ready-json', '--exit-with-parent', ...this.#args];
    const child = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...this.#env } });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    const first = await firstLine(child);
    if (first?.ready !== true) throw new Error(`minato ${args.join(' ')} did not start: ${JSON.stringify(first)} ${this.#errors}`);
    this.#port = first.port;
  }

  /** The path of the page behind the link that makes somebody an owner, as the operator gets it. */
  async ownerPath(): Promise<string> {
    const { stdout } = await promisify(execFile)(executable, ['user', 'owner-link', '--data', this.#data]);
    return `/${new URL(stdout.trim()).hash}`;
  }

  /** No goodbye and no flush: as if the power went. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

interface Ready {
  readonly ready: boolean;
  readonly port: number;
}

function firstLine(child: Child): Promise<Ready | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve(null));
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as Ready));
  });
}
