/** What is asked, as far as it decides who answers. */
export interface Asked {
  readonly method: string;
  readonly destination: string;
  readonly url: string;
}

/**
 * The page itself, asked for by a tab of its own; a file of some build, whose name carries its content's hash; or anything else, which
 * is none of the worker's business: the API, the socket, the door, uploads, and the page in another app's frame.
 */
export function kindOf({ method, destination, url }: Asked, origin: string): 'page' | 'asset' | 'other' {
  const { origin: of, pathname } = new URL(url);
  if (method !== 'GET' || of !== origin) return 'other';
  if (pathname.startsWith('/assets/')) return 'asset';
  return destination === 'document' && (pathname === '/' || pathname === '/index.html') ? 'page' : 'other';
}
