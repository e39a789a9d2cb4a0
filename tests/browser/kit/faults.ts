import type { BrowserContext } from 'playwright-core';

/** How Chromium and Firefox report each attempt on a server that is not there, and what was on its way from it, for a test that takes it away. */
export const lostServer = /WebSocket connection to '.*' failed|can’t establish a connection to the server at ws:|connection to ws:.* was interrupted while|Failed to load resource: net::ERR_/u;

/**
 * What no test should see, in any of its pages: an error in the console (a breach of the content policy is one), an exception
 * that nobody caught, a request to anybody but our own servers.
 */
export class Faults {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** For a test that provokes them: a browser reports each attempt on a server that is not there. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  watch(context: BrowserContext): void {
    context.on('console', (message) => message.type() === 'error' && this.#found.push(`console: ${message.text()}`));
    context.on('weberror', (error) => this.#found.push(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => {
      if (!/^(?:http:\/\/127\.0\.0\.1:|http:\/\/[a-z]+\.test:|https?:\/\/localhost:|data:|blob:|about:)/u.test(request.url())) this.#found.push(`request: ${request.url()}`);
    });
  }

  get all(): readonly string[] {
    return this.#found.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)));
  }
}
