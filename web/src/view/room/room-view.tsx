import { createMemo, onCleanup, Show } from 'solid-js';
import type { RoomId } from '../../wire/types';
import { Composer } from '../composer/composer';
import { useApp } from '../context';
import { MessageLog } from './message-log';
import { RoomHeader } from './room-header';

/** How many posts of a room that nobody looks at stay in memory. */
const keep = 200;

export function RoomView(props: { id: RoomId; openDrawer: () => void }) {
  const { client } = useApp();
  const room = createMemo(() => client.workspace.room(props.id));
  onCleanup(() => client.workspace.trim(props.id, keep));
  return (
    <Show when={room()}>
      {(room) => (
        <>
          <RoomHeader room={room()} openDrawer={props.openDrawer} />
          <MessageLog room={room()} />
          <Composer room={room()} />
        </>
      )}
    </Show>
  );
}
