import type { FromWorker } from '../worker/words';
import { buildName } from './build-name';

/**
 * The service worker, which keeps the page's own files for when there is no network. Browsers offer none over plain http, and an app's
 * frame has none: there it is simply absent.
 */
export class ShellWorker {
  readonly #container: ServiceWorkerContainer | undefined = import.meta.env.PROD && window.parent === window ? navigator.serviceWorker : undefined;

  constructor(onNewer: () => void) {
    this.#container?.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.op === 'shell' && !data.files.includes(buildName())) onNewer();
    });
  }

  /** Once the page is there: what the worker fetches must not be in its way. */
  start(): void {
    // Refused where the certificate was only waved through, or the disk is full: the page is as good without.
    const register = () => void this.#container?.register('/service-worker.js').catch(() => {});
    if (document.readyState === 'complete') register();
    else addEventListener('load', register, { once: true });
  }

  /** The server came back, and may be another. */
  async look(): Promise<void> {
    const registration = await this.#container?.getRegistration();
    await registration?.update().catch(() => {});
  }
}
