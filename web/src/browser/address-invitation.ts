import { readInvitation } from '../account/invitation';

/**
 * The secret of an invitation that stands in the address, now or when somebody pastes its link into the page's own tab. Nobody else is to
 * see it: it is taken out of the address and of the history at once. Call it before anything else looks at the address.
 */
export function watchAddressInvitation(found: (secret: string) => void): void {
  const look = () => {
    const secret = readInvitation(location.hash);
    if (secret === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    found(secret);
  };
  look();
  addEventListener('hashchange', look);
}
