/** The other tabs and windows of this browser that show the same server. */
export class OtherTabs {
  readonly #channel = new BroadcastChannel('minato.entrance');

  /** Calls back when somebody came in by one of them. */
  onEntered(entered: () => void): void {
    this.#channel.onmessage = entered;
  }

  tellEntered(): void {
    this.#channel.postMessage('entered');
  }
}
