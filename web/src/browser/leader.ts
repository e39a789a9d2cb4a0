/**
 * Calls back once this tab is the one that acts for all: at most one of a browser is, and the next when it goes, or lets go by what is
 * returned. Without locks (over plain http) never: there are no notifications there either.
 */
export function whenLeader(lead: () => void): () => void {
  const waiting = new AbortController();
  let letGo = () => {};
  void navigator.locks?.request('minato.notices', { signal: waiting.signal }, () => {
    lead();
    return new Promise<void>((resolve) => (letGo = resolve));
  }).catch(() => {});
  return () => {
    waiting.abort();
    letGo();
  };
}
