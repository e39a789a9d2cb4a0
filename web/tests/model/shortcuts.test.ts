import { expect, test } from 'vitest';
import { actOf, keyNames, shortcuts, type Press } from '../../src/model/shortcuts';

const pc = { apple: false, writing: false };
const mac = { apple: true, writing: false };

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 0, repeat: false, ...more,
});
const ctrl = { ctrlKey: true };
const shift = { shiftKey: true };
const alt = { altKey: true };

test.each<[string, Press, typeof pc, string | null]>([
  ['Ctrl+K', press('k', ctrl), pc, 'switcher'],
  ['⌘K', press('k', { metaKey: true }), mac, 'switcher'],
  ['Ctrl+K on a Mac, which cuts the line', press('k', ctrl), mac, null],
  ['the Windows key', press('k', { metaKey: true }), pc, null],
  ['Ctrl+⌘+K on a Mac', press('k', { ctrlKey: true, metaKey: true }), mac, null],
  ['Ctrl+K with Caps Lock', press('K', ctrl), pc, 'switcher'],
  ['Ctrl+Shift+K, which is Firefox’s console', press('K', { ...ctrl, ...shift }), pc, null],
  ['AltGr+K', press('k', { ...ctrl, ...alt }), pc, null],
  ['Ctrl+K in kana', press('の', { ...ctrl, code: 'KeyK' }), pc, 'switcher'],
  ['Ctrl+K in Cyrillic', press('л', { ...ctrl, code: 'KeyK' }), pc, 'switcher'],
  ['k alone', press('k'), pc, null],
  ['Ctrl+F, which is the browser’s', press('f', ctrl), pc, null],
  ['Ctrl+Shift+F', press('F', { ...ctrl, ...shift }), pc, 'search'],
  ['Ctrl+/', press('/', ctrl), pc, 'help'],
  ['Ctrl+/ where / is Shift+7', press('/', { ...ctrl, ...shift }), pc, 'help'],
  ['Ctrl+/ in kana', press('め', { ...ctrl, code: 'Slash' }), pc, 'help'],
  ['/ alone, which is text', press('/'), pc, null],
  ['Ctrl+,', press(',', ctrl), pc, 'settings'],
  ['Alt+↑', press('ArrowUp', alt), pc, 'previousRoom'],
  ['Alt+↓ while it is held', press('ArrowDown', { ...alt, repeat: true }), pc, 'nextRoom'],
  ['Alt+Shift+↓', press('ArrowDown', { ...alt, ...shift }), pc, 'nextUnread'],
  ['Alt+↑ in a field with text', press('ArrowUp', alt), { apple: false, writing: true }, 'previousRoom'],
  ['⌥↑ in a field with text, which is the field’s', press('ArrowUp', alt), { apple: true, writing: true }, null],
  ['⌥↑ in an empty field', press('ArrowUp', alt), mac, 'previousRoom'],
  ['Esc', press('Escape'), pc, 'readRoom'],
  ['Esc that is held, so that it closes and does not read as well', press('Escape', { repeat: true }), pc, null],
  ['Shift+Esc', press('Escape', shift), pc, 'readAll'],
  ['Esc that the input method takes', press('Escape', { isComposing: true }), pc, null],
  ['Esc that Safari says the input method took', press('Escape', { keyCode: 229 }), pc, null],
])('%s', (_, pressed, where, act) => expect(actOf(pressed, where)).toBe(act));

test('No two shortcuts are pressed in the same way, and no letter alone is one', () => {
  for (const { act, ...chord } of shortcuts) {
    const { mod, alt, shift, key }: { mod?: true; alt?: true; shift?: true; key: string } = chord;
    expect(actOf(press(key, { ctrlKey: mod ?? false, altKey: alt ?? false, shiftKey: shift ?? false }), pc)).toBe(act);
    if (key.length === 1) expect(mod).toBe(true);
  }
});

test('Keys are named as on the keyboard at hand', () => {
  const names = (act: string, apple: boolean) => keyNames(shortcuts.find((shortcut) => shortcut.act === act)!, apple).join(' ');
  expect(names('search', false)).toBe('Ctrl Shift F');
  expect(names('search', true)).toBe('⇧ ⌘ F');
  expect(names('previousUnread', false)).toBe('Alt Shift ↑');
  expect(names('readAll', true)).toBe('⇧ Esc');
});
