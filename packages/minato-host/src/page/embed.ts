/** Where the chat is shown, and how its page is let in. */
export interface EmbedOptions {
  /** The server's URL, as `start` gives it. */
  readonly url: string;
  /** Asks the host program for a new ticket: each is good for one page, once. */
  readonly ticket: () => Promise<string>;
  /** Hears why there was no ticket; by default the console does. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Shows the chat in this iframe and lets its page in, now and whenever it asks again (after a reload, or when the server was started
 * again). The page asks by `{"minato":1,"want":"ticket"}` and is answered by `{"minato":1,"ticket":"…"}`: only from this iframe, only at
 * this origin.
 * @returns Stops answering.
 */
export function embed(iframe: HTMLIFrameElement, { url, ticket, onError = console.error }: EmbedOptions): () => void {
  const { origin } = new URL(url);
  let isAnswering = false;

  const answer = async ({ source, origin: from, data }: MessageEvent) => {
    if (source === null || source !== iframe.contentWindow || from !== origin || !isWish(data)) return;
    // Who asks twice before there is an answer needs one.
    if (isAnswering) return;
    isAnswering = true;
    try {
      iframe.contentWindow?.postMessage({ minato: 1, ticket: await ticket() }, origin);
    } catch (error) {
      onError(error);
    } finally {
      isAnswering = false;
    }
  };

  // Before the page is there that asks.
  addEventListener('message', answer);
  iframe.src = url;
  return () => removeEventListener('message', answer);
}

function isWish(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'minato' in data && data.minato === 1 && 'want' in data && data.want === 'ticket';
}
