import { createMemo } from 'solid-js';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';

/** Who writes. No live region: a reader should hear what is said, not that it soon will be. */
export function TypingLine(props: { room: RoomId }) {
  const { client, t } = useApp();
  const words = createMemo(() => {
    const names = client.people.typists.in(props.room).map((user) => client.workspace.names.of(user));
    return names.length === 0 ? '' : t().typing(names);
  });
  return <p class="typing-line" data-testid="typing">{words()}</p>;
}
