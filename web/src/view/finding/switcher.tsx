import { createEffect, createMemo, createSignal, For, on, onMount, Show, untrack } from 'solid-js';
import { knownPeople } from '../../model/known-people';
import { rank } from '../../model/finding/rank';
import { fold } from '../../model/finding/fold';
import type { RoomId, RoomInfo, User } from '../../wire/types';
import { useApp } from '../context';
import { createEnter } from '../create-enter';
import { createAsking } from '../dialogs/answer';
import { createJoining } from '../dialogs/create-joining';
import { Dialog } from '../dialogs/dialog';
import { CloseIcon, SearchIcon } from '../icons';
import { recentOf } from '../kept-list';
import { useFindingWords } from '../use-finding-words';
import './finding.css';
import { PlaceOption } from './place-option';
import { placeOfNick, placesOfDirectory, placesOfPeople, placesOfRooms, type Place } from './places';

/** Options shown at once: what fits on a tall screen. */
const most = 20;

/** To any room or person by a few letters. A combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) whose list is always there. */
export default function Switcher(props: { close: () => void }) {
  const { client, keys, route, t, titleOf } = useApp();
  const { workspace } = client;
  const words = useFindingWords();
  const asking = createAsking();
  const [query, setQuery] = createSignal('');
  const [at, setAt] = createSignal(0);
  const [directory, setDirectory] = createSignal<readonly RoomInfo[]>([]);
  const [members, setMembers] = createSignal<readonly User[]>([]);
  let list!: HTMLUListElement;

  // As it is at this moment: a list that moves while one reads it leads to the wrong room.
  const rooms = untrack(() => [...workspace.rooms().values()]);
  const me = untrack(() => workspace.you()?.id ?? null);
  const mine = untrack(() => placesOfRooms({ rooms, titleOf, mentionsIn: (room) => client.people.mentions.in(room), open: route.id(), recent: recentOf<RoomId>(keys, 'rooms') }));
  const people = createMemo(() => placesOfPeople([...untrack(() => knownPeople(rooms, me)), ...members()], rooms, me, (user) => workspace.names.of(user)));
  const others = createMemo(() => placesOfDirectory(directory(), untrack(workspace.rooms)));
  const places = createMemo(() => {
    const fitting = rank<Place>([...mine, ...people(), ...others()], query(), most);
    // Who is in one room only is in it: before anything was typed that is still where one is, and nothing that was not found.
    const found = fitting.length === 0 && query().trim() === '' ? mine : fitting;
    const nick = placeOfNick(query());
    const isKnown = nick !== null && [...mine, ...people()].some(({ names }) => names().includes(fold(nick.title)));
    return nick === null || isKnown ? found : [...found, nick];
  });
  createEffect(on(query, () => setAt(0), { defer: true }));
  createEffect(() => places().length > 0 && list.children[at()]?.scrollIntoView({ block: 'nearest' }));
  // Neither is waited for, and that one of them does not come is no news: what is held is found without them.
  onMount(() => {
    void client.questions.directory().then((answer) => answer.op === 'rooms' && setDirectory(answer.rooms));
    const open = route.id();
    if (open !== undefined) void client.questions.members(open).then((answer) => answer.op === 'members' && setMembers(answer.members.map(({ user }) => user)));
  });

  const open = (room: RoomId) => {
    route.open(room);
    props.close();
  };
  const join = createJoining(asking);
  const write = async (person: string) => {
    const made = await asking.ask(() => client.rooms.direct([person]));
    if (made?.room !== undefined) open(made.room);
  };
  const go = (place: Place | undefined) => {
    switch (place?.kind) {
      case undefined: return;
      case 'room': return open(place.room.id);
      case 'public': return void join({ id: place.id, slug: place.title, title: place.title }).then((joined) => joined && open(place.id));
      case 'person': return void write(place.user.id);
      case 'nick': return void write(place.title);
    }
  };
  const enterKey = createEnter(() => go(places()[at()]));
  const press = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    enterKey.keyDown(event);
    if (event.isComposing || event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return;
    const end = places().length - 1;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    // The field's own Home and End come first; where the caret is there already, they are the list's.
    const caret = selectionStart === selectionEnd ? selectionStart : null;
    const to = {
      ArrowDown: at() === end ? 0 : at() + 1,
      ArrowUp: at() === 0 ? end : at() - 1,
      Home: caret === 0 ? 0 : undefined,
      End: caret === value.length ? end : undefined,
    }[event.key];
    if (to === undefined || end < 0) return;
    event.preventDefault();
    setAt(to);
  };
  return (
    <Dialog title={words().switchTo} bare close={props.close}>
      <div class="switch-field">
        <SearchIcon />
        <input ref={(input) => queueMicrotask(() => input.focus())} type="text" role="combobox" data-testid="switch" aria-label={words().switchTo} placeholder={words().switchHint}
          aria-expanded="true" aria-controls="switch-places" aria-autocomplete="list" aria-activedescendant={places().length > 0 ? `place-${at()}` : undefined}
          autocomplete="off" autocapitalize="off" spellcheck={false} enterkeyhint="go" value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={press} onCompositionEnd={enterKey.compositionEnd} />
        <button class="icon-button" type="button" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
      </div>
      <Show when={asking.error()}>{(wrong) => <p class="wrong switch-note" role="alert">{wrong()}</p>}</Show>
      <ul ref={list} id="switch-places" class="places" role="listbox" aria-label={words().places}>
        <For each={places()}>
          {(place, index) => <PlaceOption id={`place-${index()}`} place={place} chosen={index() === at()} point={() => setAt(index())} pick={() => go(place)} />}
        </For>
      </ul>
      <p class="switch-note" role="status">
        <Show when={places().length === 0} fallback={<span class="unseen">{words().placesFound(places().length)}</span>}>{words().nothingSwitched}</Show>
      </p>
    </Dialog>
  );
}
