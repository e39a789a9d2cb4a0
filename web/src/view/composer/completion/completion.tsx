import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { Room } from '../../../model/room';
import { findQuery, type CompletionQuery } from '../../../model/writing/completion-query';
import { readTyped, type CommandName } from '../../../model/writing/slash';
import { Avatar } from '../../avatar';
import { useApp } from '../../context';
import { useWritingWords } from '../../use-writing-words';
import { applyEdit } from '../apply-edit';
import type { TakeKey } from '../writing-area';
import { createProposals } from './proposals';
import type { Proposal } from './proposal';
import './completion.css';

interface CompletionProps {
  readonly area: HTMLTextAreaElement;
  readonly room: Room;
  readonly text: string;
  readonly takes: (take: TakeKey | null) => void;
}

// shortcode = ":" name ":", as it is written to the end by who knows it
const shortcode = /(?:^|[^A-Za-z0-9])[:：]([\w+-]{2,})[:：]$/u;

// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: the focus stays where one writes, arrows move what is active in the list.
/** Names of people, rooms, emoji and commands that may be meant by what stands before the caret. */
export default function Completion(props: CompletionProps) {
  const app = useApp();
  const words = useWritingWords();
  const proposals = createProposals(app, () => props.room, words);
  const [query, setQuery] = createSignal<CompletionQuery | null>(null, { equals: isSame });
  /** Where Escape was pressed: it stays closed until something else is completed. */
  const [dismissed, setDismissed] = createSignal<number | null>(null);
  const [active, setActive] = createSignal(-1);
  const found = createMemo<readonly Proposal[]>(() => {
    const current = query();
    return current === null || current.from === dismissed() ? [] : proposals.find(current);
  });
  const listId = `completion-${props.room.id}`;
  const hint = () => {
    const typed = query() === null && props.text.startsWith('/') ? readTyped(props.text) : null;
    return typed?.kind === 'command' ? words().commands[typed.name] : null;
  };

  createEffect(on(found, (found) => setActive(found.length > 0 && query()!.eager ? 0 : -1)));
  createEffect(() => {
    const isOpen = found().length > 0;
    attribute(props.area, 'aria-controls', isOpen ? listId : null);
    attribute(props.area, 'aria-activedescendant', isOpen && active() >= 0 ? `${listId}-${active()}` : null);
  });
  props.area.setAttribute('aria-autocomplete', 'list');

  const take = (proposal: Proposal) => {
    const { from, query: written } = query()!;
    const to = from + 1 + written.length;
    // One space is enough.
    const insert = props.area.value[to] === ' ' ? proposal.insert.trimEnd() : proposal.insert;
    applyEdit(props.area, { from, to, insert, start: from + insert.length, end: from + insert.length });
  };
  const move = (step: number) => setActive((at) => (at < 0 && step < 0 ? found().length - 1 : (at + step + found().length) % found().length));
  const takesKey: TakeKey = (event) => {
    if (found().length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case 'ArrowDown': move(1); return true;
      case 'ArrowUp': move(-1); return true;
      case 'Escape':
        event.stopPropagation();
        setDismissed(query()!.from);
        return true;
      case 'Tab':
      case 'Enter':
        if (event.shiftKey || active() < 0 || isWhole()) return false;
        take(found()[active()]!);
        return true;
      default: return false;
    }
  };
  /** A command that is written to its end and wants nothing more is for Enter to send. */
  const isWhole = () => {
    const { key } = found()[active()]!;
    return query()!.kind === 'command' && props.area.value === `/${key}` && words().commands[key as CommandName].argument === '';
  };

  let composing = false;
  const compose = (event: Event) => {
    composing = event.type === 'compositionstart';
    look();
  };
  const look = () => {
    const { area } = props;
    // An input method has the arrows and Enter while it is at work.
    const next = !composing && area.selectionStart === area.selectionEnd && document.activeElement === area ? findQuery(area.value, area.selectionStart) : null;
    if (next === null || next.from !== query()?.from) setDismissed(null);
    setQuery(next);
  };
  /** `:tada:` that is written out becomes the sign, if there is one of that name. */
  const spell = (event: Event) => {
    const { area } = props;
    const written = event instanceof InputEvent && event.inputType.startsWith('insert') && !composing ? shortcode.exec(area.value.slice(0, area.selectionStart)) : null;
    const emoji = written === null ? undefined : proposals.emoji()?.named(written[1]!);
    if (written === null || emoji === undefined) return;
    const from = area.selectionStart - written[1]!.length - 2;
    applyEdit(area, { from, to: area.selectionStart, insert: emoji.char, start: from + emoji.char.length, end: from + emoji.char.length });
  };
  const input = (event: Event) => {
    look();
    spell(event);
  };
  const listening = new AbortController();
  const listen = (names: readonly string[], heard: (event: Event) => void) => {
    for (const name of names) props.area.addEventListener(name, heard, { signal: listening.signal });
  };
  listen(['keyup', 'click', 'focus', 'blur'], look);
  listen(['compositionstart', 'compositionend'], compose);
  listen(['input'], input);
  // Sent, or put there by something else than keys: the field has it a moment later.
  createEffect(on(() => props.text, () => queueMicrotask(look)));
  props.takes(takesKey);
  onCleanup(() => {
    props.takes(null);
    listening.abort();
  });

  return (
    <>
      <Show when={found().length > 0}>
        <ul class="completion" id={listId} role="listbox" data-testid="completion" aria-label={words().kinds[query()!.kind]}>
          <For each={found()}>
            {(proposal, at) => (
              // The pointer takes, and leaves the focus where it is.
              <li id={`${listId}-${at()}`} role="option" aria-selected={active() === at()} classList={{ active: active() === at() }}
                onPointerDown={(event) => event.preventDefault()} onClick={() => take(proposal)} onPointerMove={() => setActive(at())}>
                <Picture proposal={proposal} />
                <span class="label"><bdi>{proposal.label}</bdi></span>
                <Show when={proposal.note}><span class="note">{proposal.note}</span></Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={hint()}>{(hint) => <p class="command-hint" data-testid="command-hint"><strong>{hint().argument}</strong> {hint().about}</p>}</Show>
      <span class="unseen" role="status">{found().length > 0 ? words().proposed(found().length) : ''}</span>
    </>
  );
}

function Picture(props: { proposal: Proposal }) {
  const person = () => (props.proposal.picture.kind === 'person' ? props.proposal.picture : null);
  const sign = () => (props.proposal.picture.kind === 'sign' ? props.proposal.picture.sign : '');
  return <Show when={person()} fallback={<span class="sign" aria-hidden="true">{sign()}</span>}>{(person) => <Avatar id={person().id} name={props.proposal.label} />}</Show>;
}

function attribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function isSame(a: CompletionQuery | null, b: CompletionQuery | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.from === b.from && a.query === b.query);
}
