import { onCleanup, onMount, type JSX } from 'solid-js';
import './popup.css';

interface PopupProps {
  readonly label: string;
  readonly class?: string | undefined;
  /** What it hangs on. Where there is little room, it stands at the bottom of the screen instead. */
  readonly anchor: HTMLElement;
  readonly testid: string;
  /** Keys for all of it, wherever in it the focus is. */
  readonly key?: (event: KeyboardEvent) => void;
  readonly close: () => void;
  readonly children: JSX.Element;
}

/** Pixels between it and what it hangs on, and the edge of the window. */
const gap = 6;

/** A small modal dialog beside what opened it: the browser keeps the focus inside, closes it by Escape, and gives the focus back. */
export function Popup(props: PopupProps) {
  let dialog!: HTMLDialogElement;
  const place = () => {
    if (matchMedia('(max-width: 720px)').matches) return;
    const at = props.anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = dialog;
    const isRtl = getComputedStyle(props.anchor).direction === 'rtl';
    const left = isRtl ? at.left : at.right - width;
    const top = at.bottom + gap + height <= innerHeight ? at.bottom + gap : at.top - gap - height;
    dialog.style.left = `${Math.min(Math.max(left, gap), innerWidth - width - gap)}px`;
    dialog.style.top = `${Math.min(Math.max(top, gap), innerHeight - height - gap)}px`;
  };
  onMount(() => {
    dialog.showModal();
    place();
    // What is inside may come late.
    const observer = new ResizeObserver(place);
    observer.observe(dialog);
    addEventListener('resize', place);
    onCleanup(() => {
      observer.disconnect();
      removeEventListener('resize', place);
    });
  });
  let isGone = false;
  onCleanup(() => {
    isGone = true;
    dialog.close();
  });
  // The finger whose long press opened it is still down, and lets go over whatever lies there now: that is no choice.
  let isPressed = false;
  const choose = (event: MouseEvent) => {
    if (isPressed || event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  onMount(() => dialog.addEventListener('click', choose, { capture: true }));
  const key = (event: KeyboardEvent) => {
    // The browser closes it; nobody else should take the same key for theirs.
    event.stopPropagation();
    props.key?.(event);
  };
  return (
    <dialog ref={dialog} class={`popup ${props.class ?? ''}`} aria-label={props.label} data-testid={props.testid} onKeyDown={key} onPointerDown={() => (isPressed = true)}
      onClose={() => !isGone && props.close()} onClick={(event) => event.target === dialog && dialog.close()}>
      {props.children}
    </dialog>
  );
}
