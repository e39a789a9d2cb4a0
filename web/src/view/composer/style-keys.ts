/** Ctrl or ⌘ with a letter, as in Slack and Discord. */
export function markOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | null {
  if (ctrlKey === metaKey || altKey) return null;
  switch (key.toLowerCase()) {
    case 'b': return shiftKey ? null : '**';
    case 'i': return shiftKey ? null : '*';
    case 'x': return shiftKey ? '~~' : null;
    default: return null;
  }
}
