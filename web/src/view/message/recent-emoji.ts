import type { KeyValue } from '../../outbox/key-value';

const key = 'minato.emoji.recent';
const toneKey = 'minato.emoji.tone';
/** Three rows of the picker. */
const most = 27;
const atFirst = ['👍', '❤️', '😂', '🎉', '🙏', '👀'];

/** The emoji used last on this device, the newest first; filled up with those that most people use. */
export function recentEmoji(keys: KeyValue): readonly string[] {
  return [...new Set([...used(keys), ...atFirst])];
}

export function usedEmoji(keys: KeyValue, emoji: string): void {
  keys.set(key, JSON.stringify([...new Set([emoji, ...used(keys)])].slice(0, most)));
}

/** 0: the yellow of no skin; 1 to 5: from light to dark. */
export function skinTone(keys: KeyValue): number {
  const tone = Number(keys.get(toneKey));
  return Number.isInteger(tone) && tone >= 0 && tone <= 5 ? tone : 0;
}

export function setSkinTone(keys: KeyValue, tone: number): void {
  keys.set(toneKey, String(tone));
}

function used(keys: KeyValue): readonly string[] {
  try {
    const value: unknown = JSON.parse(keys.get(key) ?? '[]');
    return Array.isArray(value) ? value.filter((emoji) => typeof emoji === 'string') : [];
  } catch {
    return [];
  }
}
