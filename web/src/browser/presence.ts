/** How often is looked whether the machine slept, in milliseconds. */
const often = 5_000;
/** Timers of a hidden page ring up to a minute late, those of a machine that slept much later. */
const slept = 90_000;

/** Calls back when the network or the person returns, or the machine wakes: the moments at which a connection may have died unnoticed. */
export function watchPresence(returned: () => void): void {
  addEventListener('online', returned);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && returned());
  let looked = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - looked > slept) returned();
    looked = now;
  }, often);
}
