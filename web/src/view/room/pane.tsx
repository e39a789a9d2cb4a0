import { Show, Suspense } from 'solid-js';
import { useApp } from '../context';
import { part } from '../part';

const ThreadPane = part(() => import('../thread/thread-pane'));
const PinsPane = part(() => import('../pins/pins-pane'));

/** What stands beside the messages of the open room: a thread of it, or its pins. */
export function RoomPane(props: { close: () => void }) {
  const { client, route } = useApp();
  return (
    <Show when={client.conversation.pane()} keyed>
      {(pane) => (
        <Suspense>
          <Show when={route.room()?.id === pane.room && route.room()}>
            {(room) => (pane.kind === 'pins' ? <PinsPane room={room()} close={props.close} /> : <ThreadPane room={room()} root={pane.root} close={props.close} />)}
          </Show>
        </Suspense>
      )}
    </Show>
  );
}
