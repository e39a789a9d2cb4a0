/** Milliseconds after which a finger that rests means more than a tap: as long as Android's and iOS's own. */
const long = 500;
/** Pixels by which a resting finger may stray. */
const stray = 10;

/** Handlers for a finger that rests on something. A mouse has other ways. */
export function createLongPress(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  let isTouch = false;
  let isResting = false;
  const stop = () => {
    isResting = false;
    clearTimeout(timer);
  };
  const press = () => {
    stop();
    act();
  };
  return {
    down(event: PointerEvent) {
      isTouch = event.pointerType === 'touch';
      if (!isTouch || !event.isPrimary || (event.target as Element).closest('a, textarea') !== null) return;
      from = { x: event.clientX, y: event.clientY };
      stop();
      isResting = true;
      timer = setTimeout(press, long);
    },
    move(event: PointerEvent) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > stray) stop();
    },
    stop,
    // Android sees the same gesture a moment sooner or later, and would show a menu of its own.
    menu(event: Event) {
      if (!isTouch || (event.target as Element).closest('a, textarea') !== null) return;
      event.preventDefault();
      if (isResting) press();
    },
  };
}
