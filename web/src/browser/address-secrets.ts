import { readSecrets, type AddressSecrets } from '../account/invitation';

/**
 * The secrets of a link that stand in the address, now or when somebody pastes it into the page's own tab. Nobody else is to see
 * them: they are taken out of the address and of the history at once. Call it before anything else looks at the address.
 */
export function watchAddressSecrets(found: (secrets: AddressSecrets) => void): void {
  const look = () => {
    const secrets = readSecrets(location.hash);
    if (secrets === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    found(secrets);
  };
  look();
  addEventListener('hashchange', look);
}
