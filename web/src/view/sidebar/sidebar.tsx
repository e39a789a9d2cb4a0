import { createMemo, createSignal, For, Show, Suspense } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { part } from '../part';
import { CreateRoom } from '../dialogs/create-room';
import { Directory } from '../dialogs/directory';
import { NewMessage } from '../dialogs/new-message';
import { AnchorIcon, CompassIcon, InviteIcon, PlusIcon } from '../icons';
import { Profile } from './profile';
import { RoomEntry } from './room-entry';

const Settings = part(() => import('../settings/settings'));

export function Sidebar(props: { inert: boolean; picked: () => void }) {
  const { client, language, t, titleOf } = useApp();
  const [dialog, setDialog] = createSignal<'create' | 'directory' | 'direct' | 'invite' | null>(null);
  const mayInvite = () => ['owner', 'admin'].includes(client.workspace.you()?.role ?? '');
  const order = createMemo(() => new Intl.Collator(language()));
  const sorted = createMemo(() => {
    const rank = (room: Room) => (room.slug === 'lobby' ? 0 : 1);
    return [...client.workspace.rooms().values()]
      .sort((a, b) => rank(a) - rank(b) || order().compare(titleOf(a), titleOf(b)));
  });
  // Ids, not rooms: a room is a new value at each event, its entry should not be a new element.
  const ids = (of: (room: Room) => boolean) => createMemo(() => sorted().filter(of).map((room) => room.id));
  const rooms = ids((room) => room.kind !== 'direct');
  const directs = ids((room) => room.kind === 'direct');
  const close = () => setDialog(null);
  return (
    <nav class="sidebar" inert={props.inert} aria-label={t().rooms}>
      <header class="brand">
        <AnchorIcon /><span>Minato</span><span class="brand-kanji" lang="ja">港</span>
        <Show when={mayInvite()}>
          <button class="icon-button invite" type="button" data-testid="invite" aria-label={t().invitePeople} title={t().invitePeople}
            onClick={() => setDialog('invite')}><InviteIcon /></button>
        </Show>
      </header>
      <div class="rooms">
        <div class="rooms-heading">
          <h2>{t().rooms}</h2>
          <button class="icon-button" type="button" data-testid="directory" aria-label={t().browseRooms} title={t().browseRooms}
            onClick={() => setDialog('directory')}><CompassIcon /></button>
          <button class="icon-button" type="button" data-testid="new-room" aria-label={t().newRoom} title={t().newRoom}
            onClick={() => setDialog('create')}><PlusIcon /></button>
        </div>
        <ul><For each={rooms()}>{(id) => <RoomEntry id={id} picked={props.picked} />}</For></ul>
        <div class="rooms-heading">
          <h2>{t().directMessages}</h2>
          <button class="icon-button" type="button" data-testid="new-direct" aria-label={t().newMessage} title={t().newMessage}
            onClick={() => setDialog('direct')}><PlusIcon /></button>
        </div>
        <ul><For each={directs()}>{(id) => <RoomEntry id={id} picked={props.picked} />}</For></ul>
      </div>
      <Profile />
      <Show when={dialog() === 'create'}><CreateRoom close={close} /></Show>
      <Show when={dialog() === 'invite'}><Suspense><Settings open="invitations" close={close} /></Suspense></Show>
      <Show when={dialog() === 'direct'}><NewMessage close={close} /></Show>
      <Show when={dialog() === 'directory'}><Directory close={close} /></Show>
    </nav>
  );
}
