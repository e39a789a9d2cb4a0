import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const executable = join(root, 'src/Minato.Cli/bin/Release/net10.0/minato');

/** The examples of apps that have Minato inside, and how each is started. */
export const apps = {
  node: [process.execPath, join(root, 'examples/node-host/server.js')],
  python: ['python3', join(root, 'examples/python-host/server.py')],
  dotnet: [join(root, 'examples/dotnet-host/bin/Release/net10.0/dotnet-host')],
} as const;

export type AppName = keyof typeof apps;

/** An app with a page of its own and Minato inside, in a process of its own and on a data folder that goes with it. */
export class App {
  readonly #data = mkdtempSync(join(tmpdir(), 'minato-app-'));
  /** In the environment of everything that it starts. */
  readonly #mark = `MINATO_TEST_APP=${randomUUID()}`;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  url = '';

  private constructor(name: AppName, minato: string) {
    const [file, ...args] = apps[name];
    const [key, value] = this.#mark.split('=') as [string, string];
    this.#child = spawn(file, [...args, this.#data], {
      stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, MINATO_EXECUTABLE: minato, [key]: value },
    });
    this.#ended = new Promise((resolve) => this.#child.once('exit', resolve).once('error', resolve));
  }

  /** @param minato The executable that the app is to start. */
  static async start(name: AppName, minato = executable): Promise<App> {
    const app = new App(name, minato);
    app.url = await new Promise((resolve, reject) => {
      createInterface(app.#child.stdout!).once('line', (line) => resolve(line.replace('Host: ', ''))).once('close', () => reject(new Error(`${name} did not start.`)));
    });
    return app;
  }

  /** Where its Minato serves; waits for it. */
  async chat(): Promise<string> {
    const { port } = await (await fetch(`${this.url}/api/server-port`)).json() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  /** The pids of what lives of it. */
  get processes(): number[] {
    return readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && isMarked(name, this.#mark)).map(Number);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** A zombie has no environment any more. */
function isMarked(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
  } catch {
    return false;
  }
}
