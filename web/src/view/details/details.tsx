import { onMount, Show } from 'solid-js';
import { keepsOrder, mayArchive, mayInvite, mayLeave } from '../../model/rights';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { CloseIcon } from '../icons';
import { Plain } from '../plain';
import '../settings/settings.css';
import './details.css';
import { RoomNotice } from '../notices/room-notice';
import { useRoomWords } from '../use-room-words';
import { ConfirmButton } from './confirm-button';
import { InvitePart } from './invite-part';
import { MembersPart } from './members-part';
import { RulesPart } from './rules-part';

/** All about the open room, beside its messages; on a phone a sheet over them. */
export default function Details(props: { room: Room; close: () => void }) {
  const { client, dates, t, titleOf } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const you = () => client.workspace.you();
  const facts = () => [
    ...(props.room.kind === 'private' ? [t().kindPrivate, words().newcomersSee(t().newcomers[props.room.history === 'all' ? 'all' : 'joined'])] : []),
    ...(props.room.archived ? [t().isArchived] : []),
  ].join(' · ');
  // Whether there are other owners, or others at all, is not held: it is said as what follows if there are none.
  const aboutLeaving = () => [
    ...(props.room.role === 'owner' ? [words().leaveOwner] : []),
    ...(props.room.kind === 'private' ? [words().leavePrivate] : []),
  ].join(' ');
  let closing!: HTMLButtonElement;
  // Who goes on to another room with the details open writes there.
  onMount(() => document.activeElement?.closest('.composer') == null && closing.focus());
  return (
    <aside class="details" data-testid="details" aria-label={t().details}>
      <header>
        <h2><Show when={props.room.kind === 'public'}><span class="hash" aria-hidden="true">#</span></Show>{titleOf(props.room)}</h2>
        <button ref={closing} class="icon-button" type="button" data-testid="details-close" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
      </header>
      <div class="details-body">
        <Show when={facts()}><p class="about" data-testid="facts">{facts()}</p></Show>
        <Show when={props.room.topic}><p class="about details-topic"><Plain text={props.room.topic} /></p></Show>
        <Show when={props.room.retention}>{(days) => <p class="about">{words().retention(dates().span(days() * 86_400_000))}</p>}</Show>
        <MembersPart room={props.room} close={props.close} />
        <Show when={props.room.member}><RoomNotice room={props.room} /></Show>
        <Show when={mayInvite(props.room, you())}><InvitePart room={props.room} /></Show>
        <Show when={keepsOrder(props.room, you()) || mayArchive(props.room, you())}><RulesPart room={props.room} /></Show>
        <Show when={mayLeave(props.room)}>
          <div class="part leaving">
            <Show when={aboutLeaving()}><p class="about" data-testid="leave-about">{aboutLeaving()}</p></Show>
            <ConfirmButton class="danger" words={words().leave} sure={words().leaveSure} testid="leave" disabled={asking.busy()}
              act={() => asking.ask(() => client.rooms.leave(props.room.id))} />
            <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
          </div>
        </Show>
      </div>
    </aside>
  );
}
