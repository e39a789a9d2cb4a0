/** Calls back when the network or the person returns: the moments at which a connection may have died unnoticed. */
export function watchPresence(returned: () => void): void {
  addEventListener('online', returned);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && returned());
}
