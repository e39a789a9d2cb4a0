import { createUniqueId, For } from 'solid-js';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  /** What it promises is awaited: whatever was refused is not shown as chosen. */
  readonly pick: (value: string) => unknown;
  /** Not while it is answered: a select that has the focus would lose it. */
  readonly disabled?: boolean | undefined;
  readonly testid?: string;
}

/** One of a few things. */
export function Choice(props: ChoiceProps) {
  const id = createUniqueId();
  let select!: HTMLSelectElement;
  const pick = async () => {
    await props.pick(select.value);
    select.value = props.value;
  };
  return (
    <div class="field choice">
      <label for={id}>{props.label}</label>
      <select ref={select} id={id} data-testid={props.testid} disabled={props.disabled} onChange={pick}>
        <For each={props.options}>{([value, words]) => <option value={value} selected={value === props.value}>{words}</option>}</For>
      </select>
    </div>
  );
}
