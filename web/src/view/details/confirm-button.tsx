import { createSignal } from 'solid-js';

interface ConfirmButtonProps {
  readonly class: 'quiet' | 'danger';
  readonly words: string;
  /** What is asked before it is done. */
  readonly sure: string;
  readonly disabled?: boolean;
  readonly testid: string;
  readonly act: () => void;
}

/** What cannot be undone at once asks before it is done, where it stands: a second press is the answer, anything else is a no. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [asked, setAsked] = createSignal(false);
  const press = () => {
    if (!asked()) return setAsked(true);
    setAsked(false);
    props.act();
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !asked()) return;
    event.stopPropagation();
    setAsked(false);
  };
  return (
    <button class={asked() ? 'danger asked' : props.class} type="button" data-testid={props.testid} data-asked={asked()} disabled={props.disabled}
      onClick={press} onBlur={() => setAsked(false)} onKeyDown={leave}>
      <span aria-live="polite">{asked() ? props.sure : props.words}</span>
    </button>
  );
}
