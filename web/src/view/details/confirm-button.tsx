import { createEffect, createSignal, onCleanup } from 'solid-js';

interface ConfirmButtonProps {
  readonly class: 'quiet' | 'danger';
  readonly words: string;
  /** What is asked before it is done. */
  readonly sure: string;
  readonly disabled?: boolean | undefined;
  readonly testid: string;
  readonly act: () => void;
}

/** Milliseconds from the question to the first press that answers it: nobody reads it faster, but a hand that meant one press may make two. */
const readingTime = 500;

/** What cannot be undone at once asks before it is done, where it stands: a second press is the answer, anything else is a no. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [asked, setAsked] = createSignal(false);
  const [answerable, setAnswerable] = createSignal(false);
  createEffect(() => {
    setAnswerable(false);
    if (!asked()) return;
    const timer = setTimeout(() => setAnswerable(true), readingTime);
    onCleanup(() => clearTimeout(timer));
  });
  const press = (event: MouseEvent) => {
    if (!asked()) setAsked(true);
    else if (answerable() && event.detail <= 1) {
      setAsked(false);
      props.act();
    }
  };
  const key = (event: KeyboardEvent) => {
    // A key that is held presses a button again and again.
    if (event.repeat) event.preventDefault();
    if (event.key !== 'Escape' || !asked()) return;
    event.stopPropagation();
    setAsked(false);
  };
  return (
    <button class={asked() ? 'danger asked' : props.class} type="button" data-testid={props.testid} data-asked={answerable()} disabled={props.disabled}
      onClick={press} onBlur={() => setAsked(false)} onKeyDown={key}>
      <span aria-live="polite">{asked() ? props.sure : props.words}</span>
    </button>
  );
}
