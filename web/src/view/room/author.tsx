import { Show } from 'solid-js';
import type { User } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';

/** The author's name; a click on somebody else's opens a direct message. */
export function Author(props: { user: User }) {
  const { client, route, t } = useApp();
  const name = () => client.workspace.names.of(props.user);
  const asking = createAsking();
  const write = async () => {
    const made = await asking.ask(() => client.rooms.direct([props.user.id]));
    if (made?.room !== undefined) route.open(made.room);
  };
  return (
    <Show when={!client.workspace.isMe(props.user.id)} fallback={<span class="author" data-testid="author">{name()}</span>}>
      <button class="author" type="button" data-testid="author" title={t().writeTo(name())} onClick={write}>{name()}</button>
      <Show when={asking.error()}>{(wrong) => <span class="wrong" role="alert" data-testid="author-wrong">{wrong()}</span>}</Show>
    </Show>
  );
}
