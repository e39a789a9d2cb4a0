import { For, Show } from 'solid-js';
import { SearchIcon } from '../icons';
import type { KeptList } from '../kept-list';
import { useFindingWords } from '../use-finding-words';

export function LastQueries(props: { list: KeptList<string>; pick: (query: string) => void }) {
  const words = useFindingWords();
  return (
    <Show when={props.list.items().length > 0}>
      <div class="last-queries" data-testid="last-queries">
        <header><h3>{words().lastQueries}</h3><button class="quiet" type="button" data-testid="forget-queries" onClick={() => props.list.clear()}>{words().forgetQueries}</button></header>
        <ul>
          <For each={props.list.items()}>
            {(query) => <li><button class="last-query" type="button" data-testid="last-query" onClick={() => props.pick(query)}><SearchIcon /><span>{query}</span></button></li>}
          </For>
        </ul>
      </div>
    </Show>
  );
}
