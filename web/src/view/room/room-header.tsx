import { createSignal, Show } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { EditTopic } from '../dialogs/edit-topic';
import { mayWriteTopic } from '../../model/rights';
import { LockIcon, MenuIcon, PinIcon, SearchIcon } from '../icons';
import { Nick } from '../nick';
import { PeopleButton } from '../people/people-button';
import { Plain } from '../plain';

export function RoomHeader(props: { room: Room; openDrawer: () => void; details: boolean; toggleDetails: () => void }) {
  const { client, panes, t, titleOf } = useApp();
  const [dialog, setDialog] = createSignal<'topic' | null>(null);
  const close = () => setDialog(null);
  const writesTopic = () => mayWriteTopic(props.room, client.workspace.you());
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
          <Nick name={titleOf(props.room)} />
          <Show when={longer()}><small><bdi><Plain text={props.room.title} /></bdi></small></Show>
        </h1>
        <Show when={writesTopic()} fallback={<p class="topic" dir="auto"><Plain text={props.room.topic} /></p>}>
          <button class="topic" type="button" data-testid="topic" title={t().editTopic} classList={{ none: props.room.topic === '' }}
            onClick={() => setDialog('topic')}><bdi><Plain text={props.room.topic || t().addTopic} /></bdi></button>
        </Show>
      </div>
      <button class="icon-button" type="button" data-testid="search" aria-label={t().search} title={t().search} aria-expanded={panes.beside() === 'search'}
        onClick={() => panes.showBeside(panes.beside() === 'search' ? null : 'search')}><SearchIcon /></button>
      <button class="icon-button" type="button" data-testid="pins-open" aria-label={t().pinsOpen} title={t().pinsOpen} onClick={() => client.conversation.openPins(props.room.id)}><PinIcon /></button>
      <PeopleButton room={props.room} open={props.details} toggle={props.toggleDetails} />
      <Show when={dialog() === 'topic'}><EditTopic room={props.room} close={close} /></Show>
    </header>
  );
}
