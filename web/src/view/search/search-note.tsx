import { For, Show } from 'solid-js';
import type { Found } from '../../client/searcher';
import { useFindingWords } from '../use-finding-words';

/** How the search stands, said as it changes: how many, whether there is more, and what to try where there is nothing. */
export function SearchNote(props: { found: Found; busy: boolean }) {
  const words = useFindingWords();
  const state = () => {
    const { wanted, hits, next, error } = props.found;
    if (props.busy) return next !== undefined && hits.length === 0 ? words().lookingBack : words().searching;
    if (wanted === null || error !== null && hits.length === 0) return '';
    if (hits.length > 0) return words().resultsFound(hits.length, next !== undefined);
    return next === undefined ? words().nothingFound : words().nothingYet;
  };
  const isNothing = () => !props.busy && props.found.wanted !== null && props.found.hits.length === 0 && props.found.error === null && props.found.next === undefined;
  return (
    <>
      <p class="search-note" role="status" data-testid="search-note">{state()}</p>
      <Show when={!props.found.complete}><p class="search-note incomplete" data-testid="search-incomplete">{words().incomplete}</p></Show>
      <Show when={isNothing()}>
        <ul class="search-help" data-testid="search-help"><For each={words().nothingHelp as readonly string[]}>{(hint) => <li>{hint}</li>}</For></ul>
      </Show>
    </>
  );
}
