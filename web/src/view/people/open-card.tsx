import { Show, Suspense } from 'solid-js';
import { useApp } from '../context';
import { part } from '../part';

const ProfileCard = part(() => import('./profile-card'));
const ReadersCard = part(() => import('./readers-card'));

/** The card that is open, about the open room. */
export function OpenCard() {
  const { cards, route } = useApp();
  return (
    <Show when={cards.shown()} keyed>
      {(card) => (
        <Suspense>
          <Show when={route.room()}>
            {(room) => (card.about === 'person'
              ? <ProfileCard room={room()} user={card.user} anchor={card.anchor} close={cards.close} />
              : <ReadersCard room={room()} seq={card.seq} anchor={card.anchor} close={cards.close} />)}
          </Show>
        </Suspense>
      )}
    </Show>
  );
}
