/** What runs inside the page: functions that stand alone, because they are sent there as text. */

/** Notes when the page can be used: when the composer is there, and when messages are. Milliseconds since the navigation began. */
export function noteReadiness(): void {
  const noted: Record<string, number> = {};
  Object.assign(window, { noted });
  const look = () => {
    if (document.querySelector('[data-testid=composer]') !== null) noted['composer'] ??= performance.now();
    if (document.querySelector('[data-seq]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted['messages'] = performance.now())));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

/** Opens a room, and gives the milliseconds until its messages are painted. */
export async function openRoom(slug: string): Promise<number> {
  const start = performance.now();
  document.querySelector<HTMLElement>(`[data-testid=room][data-slug="${slug}"]`)!.click();
  while (document.querySelector('[data-seq]') === null) await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}

/** Waits until this message is in the log, and painted: by timers, which ask for no frame. */
export async function arrived(seq: number): Promise<void> {
  const rows = document.getElementsByClassName('message');
  while (Number((rows[rows.length - 1] as HTMLElement).dataset['seq']) < seq) await new Promise((done) => setTimeout(done, 15));
  await new Promise((done) => setTimeout(done, 60));
}

/** Of a key, in milliseconds: from its event to the end of the frame that shows it; and the same from when the first frame after it was due. */
export interface Key {
  readonly all: number;
  readonly frame: number;
}

/** Notes them for each key. */
export function noteKeys(): void {
  const keys: Key[] = [];
  const period = 1_000 / 60;
  Object.assign(window, { keys });
  document.querySelector('[data-testid=composer]')!.addEventListener('keydown', (event) => {
    requestAnimationFrame((began) => {
      const due = began - Math.max(Math.floor((began - event.timeStamp) / period), 0) * period;
      const painted = new MessageChannel();
      painted.port1.onmessage = () => keys.push({ all: performance.now() - event.timeStamp, frame: performance.now() - due });
      painted.port2.postMessage(null);
    });
  });
}
