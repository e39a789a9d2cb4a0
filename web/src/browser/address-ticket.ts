import type { Door } from '../connection/door';

// fragment = "#ticket=" 1*(ALPHA / DIGIT / "-" / "_")
const form = /^#ticket=([\w-]+)$/u;

/**
 * The ticket that an app has put into the address, which nobody else is to see: it is taken out of the address and of the history at once.
 * Call it before anything else looks at the address.
 */
export function takeAddressTicket(): Door | null {
  let ticket: string | null = form.exec(location.hash)?.[1] ?? null;
  if (ticket === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return {
    ticket() {
      const once = ticket;
      ticket = null;
      return Promise.resolve(once);
    },
  };
}
