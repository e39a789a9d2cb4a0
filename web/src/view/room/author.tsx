import { Show } from 'solid-js';
import type { User } from '../../wire/types';
import { useApp } from '../context';

/** The author's name; a click on somebody else's opens a direct message. */
export function Author(props: { user: User }) {
  const { client, route, t } = useApp();
  const name = () => client.workspace.names.of(props.user);
  const write = async () => {
    const answer = await client.rooms.direct([props.user.id]);
    if (answer.op === 'ok' && answer.room !== undefined) route.open(answer.room);
  };
  return (
    <Show when={!client.workspace.isMe(props.user.id)} fallback={<span class="author" data-testid="author">{name()}</span>}>
      <button class="author" type="button" data-testid="author" title={t().writeTo(name())} onClick={write}>{name()}</button>
    </Show>
  );
}
