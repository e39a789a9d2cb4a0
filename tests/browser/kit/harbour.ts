import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { ownClipboard } from './clipboard';
import { Faults } from './faults';
import { ForeignSite } from './foreign-site';
import { LineClient } from './line-client';
import { MinatoServer } from './minato-server';
import { Person } from './person';
import { Relay } from './relay';
import { WsClient } from './ws-client';

/** A server, or a relay before it. */
type Address = Pick<MinatoServer, 'url'>;

/** Everything a test brings up, and takes down again however it ends. */
export class Harbour {
  readonly faults = new Faults();
  readonly #browser: Browser;
  readonly #ends: (() => unknown)[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Runs at the end, the last one first. */
  atEnd(end: () => unknown): void {
    this.#ends.push(end);
  }

  async server(...args: string[]): Promise<MinatoServer> {
    return this.#mine(await MinatoServer.start(args));
  }

  /** One that an app has started, which alone holds the token. */
  async serverOfApp(token: string, ...args: string[]): Promise<MinatoServer> {
    return this.#mine(await MinatoServer.start(['--access', 'token', ...args], { MINATO_TOKEN: token }));
  }

  async relay(server: MinatoServer): Promise<Relay> {
    const relay = await Relay.to(server);
    this.atEnd(() => relay.close());
    return relay;
  }

  async foreignSite(): Promise<ForeignSite> {
    const site = await ForeignSite.start();
    this.atEnd(() => site.close());
    return site;
  }

  /** A device: its own storage, locale and size. Without a service worker, unless it is asked for: what a test puts in the way of the network should be in its way. */
  async device(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.#watched(await this.#browser.newContext({
      locale: 'en-US', timezoneId: 'Asia/Tokyo', viewport: { width: 1000, height: 700 }, serviceWorkers: 'block', ...options,
    }));
  }

  /** Somebody who has just opened the page on a device of their own. */
  async person(server: Address, options: BrowserContextOptions = {}): Promise<Person> {
    const device = await this.device(options);
    return await this.visitor(server, device);
  }

  /** Somebody who opens the page on this device. */
  async visitor(server: Address, device: BrowserContext, path = '/'): Promise<Person> {
    const page = await device.newPage();
    await page.goto(server.url + path);
    const person = new Person(page);
    await person.composer.waitFor();
    return person;
  }

  /** Somebody who may not be in yet: what they see first is theirs to say. */
  async stranger(server: Address, path = '/', options: BrowserContextOptions = {}): Promise<Person> {
    const page = await (await this.device(options)).newPage();
    await page.goto(server.url + path);
    return new Person(page);
  }

  /** The first owner of a server, who came by the operator's link. */
  async owner(server: MinatoServer, nick: string, options: BrowserContextOptions = {}): Promise<Person> {
    const owner = await this.stranger(server, await server.ownerPath(), options);
    await owner.signUp(nick, `${nick} and a password`);
    return owner;
  }

  async line(server: MinatoServer, nick: string): Promise<LineClient> {
    const client = await LineClient.connect(server, nick);
    this.atEnd(() => client.close());
    return client;
  }

  async program(server: MinatoServer, nick: string): Promise<WsClient> {
    const client = await WsClient.connect(server, nick);
    this.atEnd(() => client.close());
    return client;
  }

  async programWith(server: MinatoServer, token: string): Promise<WsClient> {
    const client = await WsClient.connectWith(server, token);
    this.atEnd(() => client.close());
    return client;
  }

  /** Nobody else copies until the end. */
  async clipboard(): Promise<void> {
    const ended = new AbortController();
    const own = ownClipboard(ended.signal);
    // Also where the test ends before it has it.
    this.atEnd(async () => {
      ended.abort();
      await (await own)?.();
    });
    await own;
  }

  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.#ends.reverse()) {
      try {
        await end();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #mine(server: MinatoServer): MinatoServer {
    this.atEnd(() => server.stop());
    return server;
  }

  #watched(context: BrowserContext): BrowserContext {
    context.setDefaultTimeout(40_000);
    this.faults.watch(context);
    this.atEnd(() => context.close());
    return context;
  }
}
