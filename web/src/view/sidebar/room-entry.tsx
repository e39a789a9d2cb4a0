import { createMemo, Match, Show, Switch } from 'solid-js';
import { unread } from '../../model/room';
import type { RoomId } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { LockIcon } from '../icons';

export function RoomEntry(props: { id: RoomId; picked: () => void }) {
  const { client, route, t, titleOf } = useApp();
  const room = createMemo(() => client.workspace.room(props.id));
  const count = createMemo(() => {
    const current = room();
    return current ? unread(current) : 0;
  });
  const title = createMemo(() => {
    const current = room();
    return current ? titleOf(current) : '';
  });
  const other = () => room()?.users?.find((user) => !client.workspace.isMe(user.id))?.id ?? props.id;
  /** What the marks beside the name say, for who does not see them. */
  const marks = () => [...(room()?.kind === 'private' ? [t().isPrivate] : []), ...(room()?.archived ? [t().isArchived] : [])].join(', ');
  const pick = () => {
    route.open(props.id);
    props.picked();
  };
  return (
    <li>
      <button class="room-entry" type="button" data-testid="room" data-slug={room()?.slug} classList={{ fresh: count() > 0, archived: room()?.archived ?? false }}
        aria-current={route.id() === props.id ? 'page' : undefined} onClick={pick}>
        <Switch fallback={<span class="hash" aria-hidden="true">#</span>}>
          <Match when={room()?.kind === 'direct'}><Avatar id={other()} name={title()} /></Match>
          <Match when={room()?.kind === 'private'}><LockIcon /></Match>
        </Switch>
        <span class="room-name">{title()}</span>
        <Show when={marks()}><span class="unseen">{marks()}</span></Show>
        <Show when={count() > 0}>
          <span class="unread" data-testid="unread" aria-label={t().unread(count())}>{count() > 999 ? '999+' : count()}</span>
        </Show>
      </button>
    </li>
  );
}
