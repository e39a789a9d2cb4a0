import { createMemo, createResource, createSignal, For, onMount, Show } from 'solid-js';
import type { Emoji } from '../../emoji/emoji';
import { loadEmoji } from '../../emoji/load-emoji';
import { useApp } from '../context';
import { useMessageWords } from '../use-message-words';
import { Popup } from './popup';
import { recentEmoji, setSkinTone, skinTone } from './recent-emoji';

/** As the grid has in popup.css: ↑ and ↓ count by it. */
const columns = 9;
/** More than anybody scrolls through. */
const mostFound = 90;

const tabs = ['recent', 'smileys', 'people', 'nature', 'food', 'travel', 'activities', 'objects', 'symbols', 'flags'] as const;
const tabSigns = ['🕘', '😀', '👋', '🐻', '🍜', '🚢', '⚽', '💡', '🔣', '🏁'];
const tones = ['none', 'light', 'mediumLight', 'medium', 'mediumDark', 'dark'] as const;
const toneSigns = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

/** All emoji: those used last, by kind, or found by a word in either language. */
export default function Picker(props: { anchor: HTMLElement; pick: (emoji: string) => void; close: () => void }) {
  const { keys, language } = useApp();
  const words = useMessageWords();
  const [index, { refetch }] = createResource(() => loadEmoji().catch(() => null));
  const [query, setQuery] = createSignal('');
  const [tab, setTab] = createSignal(0);
  const [tone, setTone] = createSignal(skinTone(keys));
  const known = () => (index.loading ? null : index());
  const shown = createMemo<readonly Emoji[]>(() => {
    const all = known();
    if (!all) return [];
    if (query().trim() !== '') return all.find(query(), mostFound);
    if (tab() > 0) return all.groups[tab() - 1]!;
    return recentEmoji(keys).flatMap((char) => {
      const emoji = all.of(char);
      // What was used last with a tone is offered with it.
      return emoji === undefined ? [] : [{ ...emoji, char, tones: [] }];
    });
  });
  const charOf = (emoji: Emoji) => (tone() > 0 ? emoji.tones[tone() - 1] : undefined) ?? emoji.char;
  let search!: HTMLInputElement;
  let grid!: HTMLDivElement;
  onMount(() => search.focus());
  const pick = (emoji: Emoji) => {
    props.close();
    props.pick(charOf(emoji));
  };
  const chooseTone = (tone: number) => {
    setTone(tone);
    setSkinTone(keys, tone);
  };
  const focusOn = (at: number) => {
    const all = [...grid.querySelectorAll<HTMLElement>('button')];
    if (at < 0) search.focus();
    else all[Math.min(at, all.length - 1)]?.focus();
  };
  const keyInSearch = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusOn(0);
    } else if (event.key === 'Enter' && shown()[0] !== undefined) {
      event.preventDefault();
      pick(shown()[0]!);
    }
  };
  const keyInGrid = (event: KeyboardEvent) => {
    const all = [...grid.querySelectorAll<HTMLElement>('button')];
    const at = all.indexOf(event.target as HTMLElement);
    const side = getComputedStyle(grid).direction === 'rtl' ? -1 : 1;
    const to = {
      ArrowRight: Math.max(at + side, 0), ArrowLeft: Math.max(at - side, 0), ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focusOn(to);
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      // Whoever types looks for something.
      search.focus();
    }
  };
  return (
    <Popup label={words().pickEmoji} class="picker" testid="picker" anchor={props.anchor} close={props.close}>
      <input ref={search} class="picker-search" type="search" data-testid="picker-search" aria-label={words().searchEmoji} placeholder={words().searchEmoji}
        value={query()} onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={keyInSearch} />
      <div class="picker-tabs" role="tablist" hidden={query().trim() !== ''}>
        <For each={tabs}>
          {(name, i) => {
            const label = () => (name === 'recent' ? words().recent : words().groups[name]);
            return (
              <button type="button" role="tab" aria-selected={tab() === i()} aria-label={label()} title={label()} data-testid={`picker-${name}`}
                onClick={() => setTab(i())}>{tabSigns[i()]}</button>
            );
          }}
        </For>
      </div>
      <div ref={grid} class="picker-grid" role="group" aria-label={words().pickEmoji} aria-busy={index.loading} onKeyDown={keyInGrid}>
        <For each={shown()} fallback={
          <Show when={!index.loading}>
            <Show when={known()} fallback={<p role="alert">{words().noEmojiCame} <button class="link" type="button" onClick={() => void refetch()}>↻</button></p>}>
              <p role="status">{words().noEmoji}</p>
            </Show>
          </Show>
        }>
          {(emoji, i) => (
            <button type="button" tabindex={i() === 0 ? 0 : -1} data-testid="emoji" aria-label={emoji.name[language()]} title={`${emoji.name[language()]} :${emoji.shortcode}:`}
              onClick={() => pick(emoji)}>{charOf(emoji)}</button>
          )}
        </For>
      </div>
      <div class="picker-tones" role="radiogroup" aria-label={words().skinTone}>
        <For each={tones}>
          {(name, i) => (
            <button type="button" role="radio" aria-checked={tone() === i()} aria-label={words().tones[name]} title={words().tones[name]} data-testid={`tone-${i()}`}
              onClick={() => chooseTone(i())}>{toneSigns[i()]}</button>
          )}
        </For>
      </div>
    </Popup>
  );
}
