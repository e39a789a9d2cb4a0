import { createEffect, createSignal, on, Show, Suspense } from 'solid-js';
import type { Room } from '../../model/room';
import { isInFence } from '../../model/writing/fence';
import { styleSelection } from '../../model/writing/style-selection';
import { useApp } from '../context';
import { createEnter } from '../create-enter';
import { part } from '../part';
import { applyEdit, fieldOf } from './apply-edit';
import { enterChoice } from './enter-choice';
import { markOf } from './style-keys';

const Completion = part(() => import('./completion/completion'));

/** Whether the key was for it. */
export type TakeKey = (event: KeyboardEvent) => boolean;

interface WritingAreaProps {
  readonly room: Room;
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly busy: boolean;
  readonly change: (text: string) => void;
  readonly submit: () => void;
  /** For a key that nobody else wants. */
  readonly take?: TakeKey;
  /** Pasted text is plain text by itself; anything else is for whoever wants it. */
  readonly paste?: (event: ClipboardEvent) => void;
  readonly ref: (area: HTMLTextAreaElement) => void;
}

/** Browsers that make a field as high as its text by themselves; for others it is measured. */
const growsByItself = CSS.supports('field-sizing', 'content');

/** Where one writes: it grows, completes names, and knows when Enter sends. */
export function WritingArea(props: WritingAreaProps) {
  const { keys } = useApp();
  const [area, setArea] = createSignal<HTMLTextAreaElement>();
  let completes: TakeKey | null = null;
  const breaks = () => enterChoice(keys) === 'breaks' || isInFence(area()!.value, area()!.selectionStart);
  const enter = createEnter(() => props.submit(), breaks);
  const keyDown = (event: KeyboardEvent) => {
    const taken = enter.isTaken(event);
    if (!taken && completes?.(event)) return event.preventDefault();
    const mark = taken ? null : markOf(event);
    if (mark !== null) {
      event.preventDefault();
      applyEdit(area()!, styleSelection(fieldOf(area()!), mark));
    } else if (!taken && props.take?.(event)) event.preventDefault();
    else enter.keyDown(event);
  };
  // The browser's text is the truth while one writes: it is written over only where it is another one, and undo lives on.
  createEffect(() => {
    if (area()!.value !== props.text) area()!.value = props.text;
  });
  if (!growsByItself) {
    createEffect(on(() => props.text, () => {
      area()!.style.height = 'auto';
      area()!.style.height = `${area()!.scrollHeight}px`;
    }));
  }
  return (
    <>
      <textarea ref={(element) => (setArea(element), props.ref(element))} rows="1" data-testid="composer" enterkeyhint={enterChoice(keys) === 'breaks' ? 'enter' : 'send'}
        dir="auto" autocomplete="off" aria-label={props.label} placeholder={props.placeholder} readOnly={props.busy}
        onInput={(event) => props.change(event.currentTarget.value)} onPaste={(event) => props.paste?.(event)} onKeyDown={keyDown} onCompositionEnd={enter.compositionEnd} />
      <Show when={area()}>
        {(area) => <Suspense><Completion area={area()} room={props.room} text={props.text} takes={(take) => (completes = take)} /></Suspense>}
      </Show>
    </>
  );
}
