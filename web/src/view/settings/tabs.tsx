import { For } from 'solid-js';

interface TabsProps<T extends string> {
  readonly names: readonly T[];
  readonly open: T;
  readonly pick: (name: T) => void;
  readonly label: (name: T) => string;
}

// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
/** One stop of the Tab key; arrows go from one to the next. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  let list!: HTMLDivElement;
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const { names } = props;
    const next = names[(names.indexOf(props.open) + step + names.length) % names.length]!;
    props.pick(next);
    list.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" onKeyDown={move}>
      <For each={props.names}>
        {(name) => (
          <button id={`tab-${name}`} class="tab" type="button" role="tab" data-testid={`tab-${name}`} aria-controls="settings-panel"
            aria-selected={props.open === name} tabindex={props.open === name ? 0 : -1} onClick={() => props.pick(name)}>
            {props.label(name)}
          </button>
        )}
      </For>
    </div>
  );
}
