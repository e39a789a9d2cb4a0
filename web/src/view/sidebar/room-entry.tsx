import { createEffect, createMemo, Match, on, onCleanup, Show, Switch } from 'solid-js';
import { unread } from '../../model/room';
import type { RoomId, UserId } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { LockIcon, PenIcon } from '../icons';
import { Nick } from '../nick';
import { CountBadge } from '../people/count-badge';
import { Present } from '../people/presence';

interface RoomEntryProps {
  readonly id: RoomId;
  /** Whether it is the list's tab stop. */
  readonly stop: boolean;
  readonly picked: () => void;
  readonly menu: (button: DOMRect) => void;
}

export function RoomEntry(props: RoomEntryProps) {
  const { client, keys, route, t, titleOf } = useApp();
  const room = createMemo(() => client.workspace.room(props.id));
  const count = createMemo(() => {
    const current = room();
    return current ? unread(current) : 0;
  });
  const title = createMemo(() => {
    const current = room();
    return current ? titleOf(current) : '';
  });
  const isOpen = createMemo(() => route.id() === props.id);
  const hasDraft = () => !isOpen() && client.drafts.has(props.id);
  // Chosen elsewhere, while it is open: looked at when it is left.
  const isMuted = createMemo(on(isOpen, () => keys.get(`minato.notify.${props.id}`) === 'none'));
  const isDirect = () => room()?.kind === 'direct';
  const calls = createMemo(() => {
    const current = room();
    return current ? client.people.mentions.in(current) : 0;
  });
  const other = () => room()?.users?.find((user) => !client.workspace.isMe(user.id))?.id ?? props.id;
  // The dot is one person's: a conversation of more has none.
  const isOfTwo = createMemo(() => isDirect() && (room()?.users?.length ?? 0) === 2);
  createEffect(() => isOfTwo() && onCleanup(client.people.presence.glance(props.id)));
  const isHere = createMemo(() => isOfTwo() && client.people.presence.isHere(props.id, other() as UserId));
  /** What the marks beside the name say, for who does not see them. */
  const marks = () => [
    ...(room()?.kind === 'private' ? [t().isPrivate] : []), ...(room()?.archived ? [t().isArchived] : []),
    ...(isHere() ? [t().hereNow] : []), ...(hasDraft() ? [t().draft] : []), ...(isMuted() ? [t().isMuted] : []),
  ].join(', ');
  const pick = () => {
    route.open(props.id);
    props.picked();
  };
  return (
    <li class="room-place">
      <button class="room-entry" type="button" data-testid="room" data-slug={room()?.slug} data-id={props.id} tabindex={props.stop ? 0 : -1}
        classList={{ fresh: count() > 0, archived: room()?.archived ?? false, muted: isMuted() }} aria-current={isOpen() ? 'page' : undefined} onClick={pick}>
        <Switch fallback={<span class="hash" aria-hidden="true">#</span>}>
          <Match when={isDirect()}><Present here={isHere()}><Avatar id={other()} name={title()} /></Present></Match>
          <Match when={room()?.kind === 'private'}><LockIcon /></Match>
        </Switch>
        <span class="room-name"><Nick name={title()} /></span>
        <Show when={hasDraft()}><span class="draft-mark" data-testid="draft-mark" title={t().draft}><PenIcon /></span></Show>
        <Show when={marks()}><span class="unseen">{marks()}</span></Show>
        {/* A number that is filled calls for oneself; one that is not only counts. */}
        <Show when={calls() > 0 && !isDirect()} fallback={<CountBadge count={count()} label={t().unread(count())} quiet={!isDirect()} testid="unread" />}>
          <CountBadge count={calls()} label={`${t().mentionsHere(calls())}, ${t().unread(count())}`} testid="called" />
        </Show>
      </button>
      <button class="room-more" type="button" data-testid="room-more" tabindex="-1" aria-haspopup="true" aria-label={t().roomMenu(title())}
        onClick={(event) => props.menu(event.currentTarget.getBoundingClientRect())}>⋯</button>
    </li>
  );
}
