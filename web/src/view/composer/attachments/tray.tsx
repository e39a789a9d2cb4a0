import { createMemo, For } from 'solid-js';
import type { RoomId } from '../../../wire/types';
import { useApp } from '../../context';
import { filesWords } from '../../../i18n/files/words';
import { Chip } from './chip';
import './tray.css';

/** The files of the next message in a room or a thread, each with what can be done about it. */
export default function Tray(props: { room: RoomId; thread: number | undefined }) {
  const { language, uploads } = useApp();
  // By their keys: what changes about one makes no other anew.
  const keys = createMemo(() => uploads.of(props.room, props.thread).map(({ key }) => key));
  return (
    <ul class="tray" data-testid="tray" aria-label={filesWords[language()].chosen}>
      <For each={keys()}>{(key) => <Chip of={key} />}</For>
    </ul>
  );
}
