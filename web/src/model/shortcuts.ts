/** Everything that a key does wherever one is in the page. The handler and the help both read this table, and nothing else. */
export const shortcuts = [
  { act: 'switcher', group: 'finding', mod: true, key: 'k' },
  { act: 'search', group: 'finding', mod: true, shift: true, key: 'f' },
  { act: 'mentions', group: 'finding', mod: true, shift: true, key: 'm' },
  { act: 'previousRoom', group: 'finding', alt: true, key: 'ArrowUp' },
  { act: 'nextRoom', group: 'finding', alt: true, key: 'ArrowDown' },
  { act: 'previousUnread', group: 'finding', alt: true, shift: true, key: 'ArrowUp' },
  { act: 'nextUnread', group: 'finding', alt: true, shift: true, key: 'ArrowDown' },
  { act: 'readRoom', group: 'reading', key: 'Escape' },
  { act: 'readAll', group: 'reading', shift: true, key: 'Escape' },
  { act: 'help', group: 'page', mod: true, key: '/' },
  { act: 'settings', group: 'page', mod: true, key: ',' },
] as const satisfies readonly Shortcut[];

export type Act = (typeof shortcuts)[number]['act'];
export type Group = (typeof shortcuts)[number]['group'];

/** No letter alone (WCAG 2.1.4). `mod` is Ctrl, and ⌘ on Apple's keyboards. */
export interface Chord {
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
  /** As `KeyboardEvent.key` names it, letters small. */
  readonly key: string;
}

interface Shortcut extends Chord {
  readonly act: string;
  readonly group: string;
}

/** The fields of a keydown that say what was meant. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly repeat: boolean;
}

export interface Where {
  readonly apple: boolean;
  /** Whether one is in a field with something in it. */
  readonly writing: boolean;
}

/** What old engines and Safari say for a key that the input method took. */
const takenByInputMethod = 229;

/** Keys of a layout without Latin letters are known by where they are. */
const places: Readonly<Record<string, string>> = { KeyK: 'k', KeyF: 'f', KeyM: 'm', Slash: '/', Comma: ',' };

/** What a key press asks for, if anything. */
export function actOf(press: Press, where: Where): Act | null {
  if (press.isComposing || press.keyCode === takenByInputMethod) return null;
  const found = shortcuts.find((shortcut) => isPressed(shortcut, press, where.apple));
  if (found === undefined) return null;
  const moves = found.key.startsWith('Arrow');
  if (press.repeat && !moves) return null;
  // ⌥↑ goes to the beginning of the paragraph there; nowhere else does Alt with an arrow mean anything in a field.
  return moves && where.apple && where.writing ? null : found.act;
}

function isPressed(chord: Chord, press: Press, apple: boolean): boolean {
  const [mod, other] = apple ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (other || mod !== (chord.mod ?? false) || press.altKey !== (chord.alt ?? false)) return false;
  // Where a sign is typed with Shift, as / on German keyboards, Shift belongs to the sign.
  const isSign = /^[^\p{L}\p{N}]$/u.test(chord.key);
  return keyOf(press) === chord.key && (isSign || press.shiftKey === (chord.shift ?? false));
}

function keyOf({ key, code }: Press): string {
  if (key.length > 1) return key;
  return key.charCodeAt(0) < 0x80 ? key.toLowerCase() : places[code] ?? key;
}

const glyphs: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** The keys as they stand on the keyboard, in the order in which that platform writes them. */
export function keyNames(chord: Chord, apple: boolean): string[] {
  const key = glyphs[chord.key] ?? chord.key.toUpperCase();
  if (apple) return [...(chord.alt ? ['⌥'] : []), ...(chord.shift ? ['⇧'] : []), ...(chord.mod ? ['⌘'] : []), key];
  return [...(chord.mod ? ['Ctrl'] : []), ...(chord.alt ? ['Alt'] : []), ...(chord.shift ? ['Shift'] : []), key];
}
