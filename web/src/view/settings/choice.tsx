import { createUniqueId, For } from 'solid-js';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly pick: (value: string) => void;
  readonly disabled?: boolean | undefined;
  readonly testid?: string;
}

/** One of a few things. */
export function Choice(props: ChoiceProps) {
  const id = createUniqueId();
  return (
    <div class="field choice">
      <label for={id}>{props.label}</label>
      <select id={id} data-testid={props.testid} disabled={props.disabled} onChange={(event) => props.pick(event.currentTarget.value)}>
        <For each={props.options}>{([value, words]) => <option value={value} selected={value === props.value}>{words}</option>}</For>
      </select>
    </div>
  );
}
