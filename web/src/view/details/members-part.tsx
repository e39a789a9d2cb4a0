import { createEffect, createSignal, For, Show } from 'solid-js';
import { wordOf } from '../../i18n/account/words';
import type { Room } from '../../model/room';
import type { User, UserId } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { useRoomWords } from '../use-room-words';
import { Present } from '../people/presence';
import { createMembers } from './create-members';
import { PersonActs } from './person-acts';

/** Who belongs to the room and who looks on; a click on a person shows what there is to do with them. */
export function MembersPart(props: { room: Room; close: () => void }) {
  const { t } = useApp();
  const words = useRoomWords();
  const people = createMembers(props.room.id);
  const [open, setOpen] = createSignal<UserId | null>(null);
  // By id, not by value: whoever gets another role keeps their line, and what was opened in it.
  const ids = () => people.members().map((member) => member.user.id);
  const member = (id: UserId) => people.members().find((member) => member.user.id === id);
  // With a person who was removed goes what had the focus, and what would have been said there.
  const [said, setSaid] = createSignal('');
  let heading!: HTMLHeadingElement;
  const removed = (words: string) => {
    setSaid(words);
    // They may be told to be here for a moment longer.
    setOpen(null);
    heading.focus();
  };
  const toggle = (id: UserId) => setOpen((now) => (now === id ? null : id));
  // Whoever is gone and comes back comes back closed.
  const isThere = (id: UserId) => member(id) !== undefined || people.onlookers().some((user) => user.id === id);
  createEffect(() => open() !== null && !isThere(open()!) && setOpen(null));
  return (
    <section class="details-part" aria-label={words().members}>
      <h3 ref={heading} tabindex="-1">{words().members} <small>{people.members().length}{people.hasMore() ? '+' : ''}</small></h3>
      <p class="done" role="status" data-testid="removed">{said()}</p>
      <Show when={people.asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="people" data-testid="members">
        <For each={ids()} fallback={<li class="listing-empty">{people.asking.busy() ? t().loading : ''}</li>}>
          {(id) => (
            <Show when={member(id)}>
              {(member) => (
                <Person user={member().user} role={member().role} room={props.room} isHere={people.isHere(id)} isOpen={open() === id}
                  toggle={() => toggle(id)} removed={removed} close={props.close} />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={people.hasMore()}>
        <button class="quiet" type="button" data-testid="more-members" disabled={people.asking.busy()} onClick={people.more}>{words().moreMembers}</button>
      </Show>
      <Show when={people.onlookers().length > 0}>
        <h3>{words().lookingOn}</h3>
        <ul class="people">
          <For each={people.onlookers()}>
            {(user) => <Person user={user} role={null} room={props.room} isHere isOpen={open() === user.id} toggle={() => toggle(user.id)} removed={removed} close={props.close} />}
          </For>
        </ul>
      </Show>
    </section>
  );
}

interface PersonProps {
  readonly user: User;
  /** Null: they look on. */
  readonly role: string | null;
  readonly room: Room;
  readonly isHere: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly removed: (words: string) => void;
  readonly close: () => void;
}

function Person(props: PersonProps) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const name = () => client.workspace.names.of(props.user);
  const isMe = () => client.workspace.isMe(props.user.id);
  const line = () => (
    <>
      <Present here={props.isHere}><Avatar id={props.user.id} name={name()} /></Present>
      <span class="person-name">{name()}<Show when={isMe()}> <small>{t().you}</small></Show></span>
      <Show when={props.isHere}><span class="unseen">{words().isHere}</span></Show>
      <Show when={props.role !== null && props.role !== 'member' && props.room.kind !== 'direct'}>
        <small class="badge">{wordOf(words().role, props.role!)}</small>
      </Show>
    </>
  );
  return (
    <li>
      <Show when={!isMe() || props.room.role !== undefined} fallback={<span class="person" data-testid="oneself">{line()}</span>}>
        <button class="person" type="button" data-testid={isMe() ? 'oneself' : 'person'} aria-expanded={props.isOpen} onClick={() => props.toggle()}>{line()}</button>
        <Show when={props.isOpen}><PersonActs room={props.room} user={props.user} role={props.role} removed={props.removed} close={props.close} /></Show>
      </Show>
    </li>
  );
}
