import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

const driver = '/usr/bin/WebKitWebDriver';
const browsers = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser'];
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** Milliseconds for something to come to be seen. */
const patience = 40_000;

/** WebKitGTK's small browser, by W3C WebDriver (https://www.w3.org/TR/webdriver2/): as much of it as our tests need. */
export class WebKit {
  readonly #driver: ChildProcess;
  readonly #url: string;
  #session = '';

  private constructor(driver: ChildProcess, url: string) {
    [this.#driver, this.#url] = [driver, url];
  }

  static async launch(): Promise<WebKit> {
    const binary = browsers.find(existsSync);
    if (!existsSync(driver) || binary === undefined) throw new Error(`${driver} is missing: ./test installs it, or apt-get install webkit2gtk-driver xvfb xauth.`);
    const port = await freePort();
    // A group of its own: the driver, the screen and the browser end together.
    const child = spawn('xvfb-run', ['-a', '-s', '-screen 0 1200x800x24', driver, '--host=127.0.0.1', `--port=${port}`], { stdio: 'ignore', detached: true });
    const webkit = new WebKit(child, `http://127.0.0.1:${port}`);
    await eventually(() => webkit.#call('GET', '/status'));
    const { sessionId } = await webkit.#call<{ sessionId: string }>('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
    });
    webkit.#session = `/session/${sessionId}`;
    return webkit;
  }

  async open(url: string): Promise<void> {
    await this.#call('POST', `${this.#session}/url`, { url });
  }

  /** Waits for the element, and types into it as a keyboard does. */
  async type(testid: string, text: string): Promise<void> {
    await this.#call('POST', `${this.#session}/element/${await this.#find(testid)}/value`, { text });
  }

  async click(testid: string): Promise<void> {
    await this.#call('POST', `${this.#session}/element/${await this.#find(testid)}/click`, {});
  }

  /** Runs in the page; `script` is the body of a function. */
  async run<T>(script: string, ...args: readonly unknown[]): Promise<T> {
    return await this.#call('POST', `${this.#session}/execute/sync`, { script, args });
  }

  /** What the elements say, in their order. */
  async texts(testid: string): Promise<string[]> {
    return await this.run(`return [...document.querySelectorAll('[data-testid="' + arguments[0] + '"]')].map((element) => element.textContent);`, testid);
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#call<string>('GET', `${this.#session}/screenshot`), 'base64');
  }

  async close(): Promise<void> {
    if (this.#session !== '') await this.#call('DELETE', this.#session).catch(() => undefined);
    const ended = new Promise((resolve) => this.#driver.once('exit', resolve));
    process.kill(-this.#driver.pid!);
    await ended;
  }

  async #find(testid: string): Promise<string> {
    return await eventually(async () => {
      const element = await this.#call<Record<string, string>>('POST', `${this.#session}/element`, { using: 'css selector', value: `[data-testid="${testid}"]` });
      return element[elementKey]!;
    });
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.#url + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = await response.json() as { value: T };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

async function eventually<T>(look: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** The driver takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
