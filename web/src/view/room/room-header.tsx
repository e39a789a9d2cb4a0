import { createSignal, Show } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { EditTopic } from '../dialogs/edit-topic';
import { takesPart } from '../../model/rights';
import { LockIcon, MenuIcon, PeopleIcon } from '../icons';

export function RoomHeader(props: { room: Room; openDrawer: () => void; details: boolean; toggleDetails: () => void }) {
  const { client, t, titleOf } = useApp();
  const [dialog, setDialog] = createSignal<'topic' | null>(null);
  const close = () => setDialog(null);
  const mayWriteTopic = () => takesPart(props.room, client.workspace.you());
  const direct = () => props.room.kind === 'direct';
  const longer = () => !direct() && props.room.title.toLowerCase() !== props.room.slug?.toLowerCase();
  const elsewhere = () => client.workspace.totalUnread() > 0;
  return (
    <header class="room-header">
      <button class="icon-button menu" type="button" data-testid="menu" aria-label={t().openSidebar} classList={{ dotted: elsewhere() }}
        onClick={() => props.openDrawer()}><MenuIcon /></button>
      <div class="room-heading">
        <h1>
          <Show when={!direct()}><Show when={props.room.kind === 'private'} fallback={<span class="hash" aria-hidden="true">#</span>}><LockIcon /></Show></Show>
          {titleOf(props.room)}
          <Show when={longer()}><small>{props.room.title}</small></Show>
        </h1>
        <Show when={mayWriteTopic()} fallback={<p class="topic">{props.room.topic}</p>}>
          <button class="topic" type="button" data-testid="topic" title={t().editTopic} classList={{ none: props.room.topic === '' }}
            onClick={() => setDialog('topic')}>{props.room.topic || t().addTopic}</button>
        </Show>
      </div>
      <button class="icon-button" type="button" data-testid="people" aria-label={t().details} title={t().details} aria-expanded={props.details}
        onClick={() => props.toggleDetails()}><PeopleIcon /></button>
      <Show when={dialog() === 'topic'}><EditTopic room={props.room} close={close} /></Show>
    </header>
  );
}
