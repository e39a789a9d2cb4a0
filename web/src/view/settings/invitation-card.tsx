import { Show, Suspense } from 'solid-js';
import { isLocal } from '../../account/invitation';
import { useAccountWords } from '../use-account-words';
import { part } from '../part';
import { Secret } from './secret';

const QrCode = part(() => import('./qr-code'));

/** A link to pass on, and the same for a phone that is held before the screen. */
export function InvitationCard(props: { link: string }) {
  const words = useAccountWords();
  return (
    <div class="invitation-card">
      <Show when={!isLocal(location.hostname)}><Suspense><QrCode text={props.link} label={words().qr} /></Suspense></Show>
      <div class="invitation-text">
        <Secret label={words().link} note={isLocal(location.hostname) ? words().linkIsLocal : words().linkOnce} text={props.link} testid="invite-link" />
      </div>
    </div>
  );
}
