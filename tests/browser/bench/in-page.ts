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

/** Notes for each key the milliseconds from its event to the end of the frame that shows it. */
export function noteKeys(): void {
  const keys: number[] = [];
  Object.assign(window, { keys });
  document.querySelector('[data-testid=composer]')!.addEventListener('keydown', (event) => {
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => keys.push(performance.now() - event.timeStamp);
      painted.port2.postMessage(null);
    });
  });
}
