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

  get door(): Locator {
    return this.page.getByTestId('door');
  }

  async signUp(nick: string, password: string): Promise<void> {
    await this.page.getByTestId('sign-up-nick').fill(nick);
    await this.page.getByTestId('sign-up-password').fill(password);
    await this.page.getByTestId('sign-up-confirm').click();
    await this.composer.waitFor();
  }

  async tryLogIn(nick: string, password: string): Promise<void> {
    await this.page.getByTestId('log-in-nick').fill(nick);
    await this.page.getByTestId('log-in-password').fill(password);
    await this.page.getByTestId('log-in-confirm').click();
  }

  async logIn(nick: string, password: string): Promise<void> {
    await this.tryLogIn(nick, password);
    await this.composer.waitFor();
  }

  async settings(tab: string): Promise<void> {
    await this.page.getByTestId('settings').click();
    await this.page.getByTestId(`tab-${tab}`).click();
  }

  /** Makes an invitation, and gives the path of the page behind its link. */
  async invite(): Promise<string> {
    await this.settings('invitations');
    await this.page.getByTestId('invite-make').click();
    const link = await this.page.getByRole('dialog').getByTestId('invite-link').inputValue();
    await this.page.keyboard.press('Escape');
    return `/${new URL(link).hash}`;
  }

  async open(slug: string): Promise<void> {
    await this.room(slug).click();
    await expect.poll(() => this.room(slug).getAttribute('aria-current')).toBe('page');
    await this.log.waitFor();
  }

  async createRoom(slug: string, kind: 'public' | 'private' = 'public'): Promise<void> {
    await this.page.getByTestId('new-room').click();
    await this.page.getByTestId('room-name').fill(slug);
    await this.page.getByTestId(`room-${kind}`).check({ force: true });
    await this.page.getByTestId('room-create').click();
    await expect.poll(() => this.room(slug).getAttribute('aria-current')).toBe('page');
  }

  /** Opens the room's details, and a part of them where one is named. */
  async details(part?: 'invite' | 'rules'): Promise<void> {
    const details = this.page.getByTestId('details');
    if ((await details.count()) === 0) await this.page.getByTestId('people').click();
    await details.waitFor();
    const more = this.page.getByTestId(`${part}-part`);
    if (part !== undefined && !(await more.evaluate((element) => (element as HTMLDetailsElement).open))) await more.locator('summary').click();
  }

  /** Shows what there is to do with somebody of the room. */
  async approach(nick: string): Promise<void> {
    await this.page.getByTestId('person').filter({ hasText: nick }).click();
    await this.page.getByTestId('person-acts').waitFor();
  }

  /** Opens the card of whoever wrote something in the log. */
  async about(nick: string): Promise<Locator> {
    await this.page.getByTestId('author').filter({ hasText: nick }).first().click();
    const card = this.page.getByTestId('profile-card');
    await card.waitFor();
    return card;
  }

  /** Goes from somebody's card to the conversation with them. */
  async writeTo(nick: string): Promise<void> {
    await (await this.about(nick)).getByTestId('write').click();
    await expect.poll(() => this.page.title()).toContain(`${nick} – `);
  }

  /** Opens the menu of a message, and chooses something of it. */
  async act(message: Locator, testid: string): Promise<void> {
    await message.getByTestId('message-acts').click();
    await this.page.getByTestId('message-menu').getByTestId(testid).click();
  }

  /** A message by its seq: whatever happens to its text, it is this one. */
  at(seq: number): Locator {
    return this.page.locator(`[data-testid=log] [data-testid=message][data-seq="${seq}"]`);
  }

  /** Presses a button that asks whether it is meant, and once more when it takes an answer. */
  async really(testid: string): Promise<void> {
    await this.page.getByTestId(testid).click();
    await this.page.locator(`[data-testid=${testid}][data-asked=true]`).click();
  }

  /** Makes a link into the open room, and gives the path of the page behind it. */
  async linkIntoRoom(uses = '25', withAccount = false): Promise<string> {
    await this.details('invite');
    await this.page.getByTestId('link-uses').selectOption(uses);
    if (withAccount) await this.page.getByTestId('link-account').check();
    await this.page.getByTestId('link-make').click();
    return `/${new URL(await this.page.getByTestId('invite-link').inputValue()).hash}`;
  }
}
