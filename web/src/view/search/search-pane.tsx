import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js';
import { browserClock } from '../../browser/clock';
import { createMedia } from '../../browser/media';
import { Searcher } from '../../client/searcher';
import { errorWords } from '../../i18n/language';
import type { Hit, RoomId } from '../../wire/types';
import { useApp } from '../context';
import { createEnter } from '../create-enter';
import { createAsking } from '../dialogs/answer';
import { CloseIcon, SearchIcon } from '../icons';
import { KeptList } from '../kept-list';
import { rove } from '../roving';
import { useFindingWords } from '../use-finding-words';
import { LastQueries } from './last-queries';
import { createPaging } from './paging';
import { ResultRow } from './result-row';
import { SearchNote } from './search-note';
import './search.css';

/** Queries that this browser remembers. */
const remembered = 8;

/** What was ever said, beside the room that is open; on a phone over it. It stays as it is while it is hidden. */
export default function SearchPane(props: { shown: boolean; close: () => void }) {
  const { client, keys, panes, route, t, titleOf } = useApp();
  const words = useFindingWords();
  const asking = createAsking();
  const searcher = new Searcher(client.questions.search, browserClock);
  const last = new KeptList(keys, 'queries', remembered);
  const [query, setQuery] = createSignal('');
  const [scope, setScope] = createSignal<RoomId | undefined>();
  const narrow = createMedia('(max-width: 899px)');
  const found = searcher.found;
  const paging = createPaging(searcher);
  // The room meant by “in this room” stays the one that was meant, also when a result leads to another.
  const near = createMemo(() => client.workspace.room(scope() ?? route.id() ?? ('' as RoomId)));
  let input!: HTMLInputElement;
  /** What was picked where the pane gave way to it: there one goes on after coming back. */
  let left: HTMLElement | null = null;
  let list!: HTMLUListElement;

  const look = (text: string, where: RoomId | undefined) => {
    setQuery(text);
    setScope(where);
    searcher.look(text, where);
  };
  const remember = () => query().trim() !== '' && last.touch(query().trim());
  const enter = createEnter(() => {
    remember();
    if (searcher.found().error !== null) searcher.now();
  });
  const press = (event: KeyboardEvent) => {
    enter.keyDown(event);
    if (event.key !== 'ArrowDown' || event.isComposing) return;
    event.preventDefault();
    list.querySelector<HTMLElement>('.result')?.focus();
  };
  const typed = (event: InputEvent & { currentTarget: HTMLInputElement }) => {
    // While an input method is composing nothing is meant yet; its end brings the text.
    if (event.isComposing) setQuery(event.currentTarget.value);
    else look(event.currentTarget.value, scope());
  };
  const jump = async (hit: Hit) => {
    remember();
    if (client.workspace.room(hit.room) === undefined && (await asking.ask(() => client.rooms.join(hit.room))) === null) return;
    if (narrow()) {
      // Back leads to the results, which lie over the room here.
      history.replaceState({ ...history.state, over: false, minatoSearch: true }, '');
      left = document.activeElement?.closest<HTMLElement>('.result') ?? null;
      panes.showBeside(null);
    }
    route.openAt(hit.room, hit.message.seq);
  };
  const back = (event: PopStateEvent) => {
    if (!narrow() || !(event.state as { minatoSearch?: boolean } | null)?.minatoSearch) return;
    // They lie over the room again, and one more step back closes them.
    history.replaceState({ ...history.state, over: true, minatoSearch: false }, '');
    panes.showBeside('search');
  };
  createEffect(on(() => props.shown, (shown) => {
    if (!shown) return;
    if (left?.isConnected) left.focus();
    else (input.focus(), input.select());
    left = null;
  }));
  onMount(() => addEventListener('popstate', back));
  onCleanup(() => {
    removeEventListener('popstate', back);
    searcher.stop();
  });
  return (
    <aside class="search" role="search" data-testid="search-pane" hidden={!props.shown} aria-label={words().search}>
      <header>
        <label class="search-field">
          <SearchIcon />
          <input ref={input} type="search" data-testid="search-input" aria-label={words().search} placeholder={words().searchHint} maxlength="256" enterkeyhint="search"
            autocomplete="off" autocapitalize="off" spellcheck={false} value={query()}
            onInput={typed} onKeyDown={press} onCompositionEnd={(event) => (enter.compositionEnd(event), look(event.currentTarget.value, scope()))} />
        </label>
        <button class="icon-button" type="button" data-testid="search-close" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
      </header>
      <fieldset class="scopes">
        <legend class="unseen">{words().scope}</legend>
        <label><input type="radio" name="scope" data-testid="scope-all" checked={scope() === undefined} onChange={() => look(query(), undefined)} /><span>{words().everywhere}</span></label>
        <Show when={near()}>
          {(room) => (
            <label><input type="radio" name="scope" data-testid="scope-room" checked={scope() !== undefined} onChange={() => look(query(), room().id)} /><span>{words().inRoom(titleOf(room()))}</span></label>
          )}
        </Show>
      </fieldset>
      <div class="results" ref={paging.root} aria-busy={searcher.busy()}>
        <SearchNote found={found()} busy={searcher.busy()} />
        <Show when={asking.error()}>{(wrong) => <p class="wrong search-note" role="alert">{wrong()}</p>}</Show>
        <Show when={found().wanted === null && !searcher.busy()}>
          <LastQueries list={last} pick={(text) => (look(text, scope()), input.focus())} />
        </Show>
        <ul ref={list} aria-label={words().results} onKeyDown={(event) => rove(event, list, '.result')}>
          <For each={found().hits}>
            {(hit) => <ResultRow hit={hit} name={found().rooms.get(hit.room)} alone={found().wanted?.room !== undefined} pick={() => void jump(hit)} />}
          </For>
        </ul>
        <Show when={found().error !== null && !searcher.busy()}>
          <p class="wrong search-note" role="alert">{errorWords(t(), found().error!.code, found().error!.retryAfter)}</p>
          <Show when={found().error!.code !== 'bad_query'}>
            <button class="quiet" type="button" data-testid="search-again" onClick={() => (found().next === undefined ? searcher.now() : void searcher.more())}>{words().again}</button>
          </Show>
        </Show>
        <div ref={paging.end} class="results-end" />
        <Show when={paging.stopped()}>
          <button class="quiet go-on" type="button" data-testid="search-on" onClick={() => void searcher.more()}>{words().goOn}</button>
        </Show>
      </div>
    </aside>
  );
}
