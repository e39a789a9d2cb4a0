import { createMemo, onCleanup, Show } from 'solid-js';
import type { RoomId } from '../../wire/types';
import { Composer } from '../composer/composer';
import { useApp } from '../context';
import { TypingLine } from '../people/typing-line';
import { MessageLog } from './message-log';
import { RoomHeader } from './room-header';

/** How many posts of a room that nobody looks at stay in memory. */
const keep = 200;

interface RoomViewProps {
  readonly id: RoomId;
  readonly openDrawer: () => void;
  /** Whether the details are shown beside it. */
  readonly details: boolean;
  readonly toggleDetails: () => void;
}

export function RoomView(props: RoomViewProps) {
  const { client } = useApp();
  const room = createMemo(() => client.workspace.room(props.id));
  onCleanup(() => client.workspace.trim(props.id, keep));
  return (
    <Show when={room()}>
      {(room) => (
        <>
          <RoomHeader room={room()} openDrawer={props.openDrawer} details={props.details} toggleDetails={props.toggleDetails} />
          <MessageLog room={room()} />
          <TypingLine room={props.id} />
          <Composer room={room()} />
        </>
      )}
    </Show>
  );
}
