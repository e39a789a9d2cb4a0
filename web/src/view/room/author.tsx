import { Show } from 'solid-js';
import type { User } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { Nick } from '../nick';

/** The author's name; a click on somebody else's tells who they are. */
export function Author(props: { user: User }) {
  const { cards, client, t } = useApp();
  const name = () => client.workspace.names.of(props.user);
  return (
    <Show when={!client.workspace.isMe(props.user.id)} fallback={<span class="author" data-testid="author"><Nick name={name()} /></span>}>
      <button class="author" type="button" data-testid="author" title={t().aboutPerson(name())} aria-haspopup="dialog"
        onClick={(event) => cards.show({ about: 'person', user: props.user, anchor: event.currentTarget })}><Nick name={name()} /></button>
    </Show>
  );
}

/** The same behind the avatar, for pointers: the name beside it is for everybody. */
export function AuthorAvatar(props: { user: User }) {
  const { cards, client } = useApp();
  const avatar = () => <Avatar id={props.user.id} name={client.workspace.names.of(props.user)} />;
  return (
    <Show when={!client.workspace.isMe(props.user.id)} fallback={avatar()}>
      <button class="avatar-button" type="button" tabindex="-1" aria-hidden="true"
        onClick={(event) => cards.show({ about: 'person', user: props.user, anchor: event.currentTarget })}>{avatar()}</button>
    </Show>
  );
}
