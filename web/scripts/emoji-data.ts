import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { fold } from '../src/emoji/fold.ts';

/** As far as it is used; see the package's own types. */
interface Entry {
  readonly unicode: string;
  readonly hexcode: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
  readonly skins?: readonly Entry[];
}

const id = 'virtual:emoji';
/** Skin and hair by themselves are no emoji that anybody looks for. */
const components = 2;
/** Bytes: docs/protocols/websocket.md. */
const longestReaction = 32;
const tones = /\p{Emoji_Modifier}/gu;

/**
 * What the page needs of emojibase's data (MIT), as one text: fetched when somebody first looks for an emoji. A line for each emoji,
 *
 *     char TAB shortcode *(SP shortcode) TAB English name TAB Japanese name TAB *(tag ",") TAB [5 chars with skin tones, SP between them]
 *
 * and an empty line between groups, in the order of Unicode. Tags are folded already: there are 20,000 of them.
 */
export function emojiData(): Plugin {
  return {
    name: 'minato-emoji',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(reduced())};` : null),
  };
}

function reduced(): string {
  const english = read<readonly Entry[]>('en/compact.json');
  const japanese = new Map(read<readonly Entry[]>('ja/compact.json').map((entry) => [entry.hexcode, entry]));
  const sets = ['github', 'emojibase'].map((set) => read<Readonly<Record<string, string | readonly string[]>>>(`en/shortcodes/${set}.json`));
  const groups = new Map<number, string[]>();
  const ordered = english.filter((entry) => entry.group !== undefined && entry.group !== components).sort((a, b) => a.order! - b.order!);
  for (const entry of ordered) {
    const { label = entry.label, tags = [] } = japanese.get(entry.hexcode) ?? {};
    const shortcodes = [...new Set(sets.flatMap((set) => set[entry.hexcode] ?? []))];
    const found = new Set([...entry.tags ?? [], ...tags].map(fold));
    const line = [short(entry.unicode), shortcodes.join(' '), entry.label, label, [...found].join(','), toned(entry)].join('\t');
    groups.set(entry.group!, [...groups.get(entry.group!) ?? [], line]);
  }
  return [...groups.values()].map((lines) => lines.join('\n')).join('\n\n');
}

/** Without the selector that asks for colour where colour comes unasked: so keyboards write it, and the same reaction should be the same text. */
function short(char: string): string {
  return char.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');
}

/** With one tone for all who are in it; none where that is longer than a reaction may be. */
function toned({ skins = [] }: Entry): string {
  const chars = skins.map((skin) => short(skin.unicode)).filter((char) => new Set(char.match(tones)).size === 1);
  return chars.length === 5 && chars.every((char) => Buffer.byteLength(char) <= longestReaction) ? chars.join(' ') : '';
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`emojibase-data/${path}`), 'utf8')) as T;
}
