/** Pixels by which a keyboard makes the page lower, at the least; bars of the browser are thinner. */
const keyboard = 120;

/**
 * Keeps the page above the keyboard of a phone whose browser lays it over the page (Safari): others make the page lower by themselves,
 * as `interactive-widget` asks. https://drafts.csswg.org/css-viewport/#interactive-widget-section
 */
export function keepAboveKeyboard(): void {
  const seen = window.visualViewport;
  if (seen === null) return;
  const fit = () => {
    // Who has magnified the page looks at a part of it, and wants it as it is.
    const isCovered = seen.scale < 1.01 && window.innerHeight - seen.height > keyboard;
    if (!isCovered) return document.documentElement.style.removeProperty('--seen-height');
    document.documentElement.style.setProperty('--seen-height', `${seen.height}px`);
    window.scrollTo(0, 0);
    return undefined;
  };
  seen.addEventListener('resize', fit);
}
