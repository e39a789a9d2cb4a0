import { onCleanup, onMount, type JSX } from 'solid-js';
import { focusComposer } from '../composer/focus';
import './popover.css';

/** Pixels between the card, what it is about, and the edges of the window. */
const gap = 6;

/** The browser's own popover: over everything, closed by Escape and by a press elsewhere, and it gives the focus back. */
export function Popover(props: { anchor: HTMLElement; label: string; testid: string; close: () => void; children: JSX.Element }) {
  let card!: HTMLDivElement;
  // Below what it is about or above it, wherever there is room; on a phone it is a sheet, and its place is the style's.
  const place = () => {
    const { top, bottom, left, right } = props.anchor.getBoundingClientRect();
    const below = bottom + gap;
    const fits = below + card.offsetHeight + gap <= innerHeight;
    const start = getComputedStyle(card).direction === 'rtl' ? right - card.offsetWidth : left;
    card.style.top = `${Math.max(fits ? below : Math.min(top - gap, innerHeight - gap) - card.offsetHeight, gap)}px`;
    card.style.left = `${Math.max(Math.min(start, innerWidth - card.offsetWidth - gap), gap)}px`;
  };
  let isGone = false;
  onMount(() => {
    card.showPopover();
    place();
    card.focus();
    const observer = new ResizeObserver(place);
    observer.observe(card);
    onCleanup(() => observer.disconnect());
  });
  onCleanup(() => {
    isGone = true;
    const hadFocus = card.contains(document.activeElement);
    card.hidePopover();
    if (hadFocus) back();
  });
  // What opened it may be another element by now: then one goes on writing.
  const back = () => {
    if (props.anchor.isConnected) props.anchor.focus();
    else focusComposer();
  };
  const toggled = (event: ToggleEvent) => event.newState === 'closed' && !isGone && props.close();
  return (
    <div ref={card} class="card" popover="auto" role="dialog" aria-label={props.label} tabindex="-1" data-testid={props.testid}
      onToggle={toggled} onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
      {props.children}
    </div>
  );
}
