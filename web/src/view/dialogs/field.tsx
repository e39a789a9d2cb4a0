import { createUniqueId, Show } from 'solid-js';
import { createEnter } from '../create-enter';

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly value: string;
  readonly input: (value: string) => void;
  readonly testid?: string;
  readonly focus?: 'select' | undefined;
  readonly type?: 'text' | 'password' | undefined;
  /** By which a password manager knows it, with `autocomplete`. */
  readonly name?: string | undefined;
  readonly autocomplete?: 'username' | 'username webauthn' | 'current-password' | 'new-password' | undefined;
}

/** One line of text with its label, its hint, and what is wrong with it. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  let input!: HTMLInputElement;
  const prepare = (element: HTMLInputElement) => {
    input = element;
    if (props.focus) queueMicrotask(() => (input.focus(), input.select()));
  };
  // A name is often written with an input method as well: its Enter must not send the form. A click minds a disabled button.
  const enter = createEnter(() => input.form?.querySelector<HTMLButtonElement>('[type=submit]')?.click());
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input id={id} ref={prepare} type={props.type ?? 'text'} name={props.name} autocomplete={props.autocomplete ?? 'off'} autocapitalize="off" spellcheck={false} data-testid={props.testid}
        value={props.value} aria-invalid={props.error ? true : undefined} aria-describedby={`${id}-about`}
        onInput={(event) => props.input(event.currentTarget.value)}
        onKeyDown={enter.keyDown} onCompositionEnd={enter.compositionEnd} />
      <p id={`${id}-about`} classList={{ wrong: Boolean(props.error) }} role={props.error ? 'alert' : undefined}>
        <Show when={props.error} fallback={props.hint}>{props.error}</Show>
      </p>
    </div>
  );
}
