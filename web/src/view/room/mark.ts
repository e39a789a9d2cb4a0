/** How long a message that somebody jumped to is marked, in milliseconds: long enough to be found, gone before it disturbs. */
const marked = 2_500;

/** Marks the message for a moment. */
export function mark(element: Element): void {
  element.classList.add('marked');
  setTimeout(() => element.classList.remove('marked'), marked);
}
