import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody at a browser: what they see and do, by the page's test ids. */
export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get composer(): Locator {
    return this.page.getByTestId('composer');
  }

  get log(): Locator {
    return this.page.getByTestId('log');
  }

  get messages(): Locator {
    return this.page.getByTestId('message');
  }

  get connectionBar(): Locator {
    return this.page.getByTestId('connection');
  }

  room(slug: string): Locator {
    return this.page.locator(`[data-testid=room][data-slug="${slug}"]`);
  }

  message(body: string): Locator {
    return this.messages.filter({ has: this.page.getByTestId('body').getByText(body, { exact: true }) });
  }

  async bodies(): Promise<string[]> {
    return await this.page.getByTestId('body').allTextContents();
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** The first message asks for the name. */
  async introduce(nick: string, text: string): Promise<void> {
    await this.write(text);
    await this.page.getByTestId('name-input').fill(nick);
    await this.page.getByTestId('name-confirm').click();
    await this.sees(text, 'ok');
  }

  /** Sees the message exactly once, and in this state where one is named. */
  async sees(body: string, state?: 'ok' | 'pending' | 'failed'): Promise<void> {
    const message = this.message(body);
    await expect.poll(() => message.count(), { message: `“${body}” once` }).toBe(1);
    if (state) await expect.poll(() => message.getAttribute('data-state'), { message: `state of “${body}”` }).toBe(state);
  }

  async open(slug: string): Promise<void> {
    await this.room(slug).click();
    await expect.poll(() => this.room(slug).getAttribute('aria-current')).toBe('page');
    await this.log.waitFor();
  }

  async createRoom(slug: string): Promise<void> {
    await this.page.getByTestId('new-room').click();
    await this.page.getByTestId('room-name').fill(slug);
    await this.page.getByTestId('room-create').click();
    await expect.poll(() => this.room(slug).getAttribute('aria-current')).toBe('page');
  }
}
