import type { FromWorker, Pointer } from '../worker/words';

export type Permission = NotificationPermission | 'absent';

export interface Notice {
  /** A newer one with the same tag takes its place. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly pointer: Pointer;
  /** Else it takes the place of the one with its tag without calling for attention. */
  readonly isNew: boolean;
}

/** Options that TypeScript's library does not know: https://notifications.spec.whatwg.org/#dictdef-notificationoptions */
interface Options extends NotificationOptions {
  readonly renotify: boolean;
}

/** The system's notifications. Browsers offer none over plain http; those of phones only show what a service worker asks for. */
export class Notifications {
  readonly #open: (pointer: Pointer) => void;
  readonly #own = new Map<string, Notification>();

  constructor(open: (pointer: Pointer) => void) {
    this.#open = open;
    navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => data.op === 'open' && open(data));
  }

  static get permission(): Permission {
    return 'Notification' in window && window.isSecureContext ? Notification.permission : 'absent';
  }

  /** Only after a press: browsers refuse, and people should know why they are asked. */
  static async ask(): Promise<Permission> {
    return this.permission === 'absent' ? 'absent' : await Notification.requestPermission();
  }

  async show({ tag, title, body, lang, pointer, isNew }: Notice): Promise<void> {
    if (Notifications.permission !== 'granted') return;
    const options: Options = { tag, body, lang, data: pointer, icon: '/icons/192.png', silent: true, renotify: isNew };
    const registration = await activeRegistration();
    if (registration !== undefined) return await registration.showNotification(title, options).catch(() => {});
    const notification = new Notification(title, options);
    this.#own.set(tag, notification);
    notification.onclick = () => {
      window.focus();
      notification.close();
      this.#open(pointer);
    };
  }

  async close(tag: string): Promise<void> {
    this.#own.get(tag)?.close();
    this.#own.delete(tag);
    for (const notification of await (await activeRegistration())?.getNotifications({ tag }) ?? []) notification.close();
  }

  /** What is shown, by this page or by one that was here before. */
  async shown(): Promise<readonly Pointer[]> {
    return (await (await activeRegistration())?.getNotifications() ?? []).map(({ data }) => data as Pointer);
  }
}

/** Whoever they were for is not here any more, and the page that showed them may be long gone. */
export async function closeNotifications(): Promise<void> {
  for (const notification of await (await activeRegistration())?.getNotifications() ?? []) notification.close();
}

async function activeRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return registration?.active ? registration : undefined;
}
