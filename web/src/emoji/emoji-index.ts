import type { Emoji } from './emoji';
import { fold } from './fold';

/** In the order of the data: smileys, people, nature, food, travel, activities, objects, symbols, flags. */
export type Groups = readonly (readonly Emoji[])[];

/** All emoji, and what finds them. */
export class EmojiIndex {
  readonly groups: Groups;
  readonly #all: readonly Emoji[];
  readonly #byChar = new Map<string, Emoji>();
  readonly #byShortcode = new Map<string, Emoji>();

  constructor(groups: Groups) {
    this.groups = groups;
    this.#all = groups.flat();
    for (const emoji of this.#all) {
      for (const char of [emoji.char, ...emoji.tones]) this.#byChar.set(plain(char), emoji);
      this.#byShortcode.set(emoji.shortcode, emoji);
    }
  }

  /** Those with a word that begins as the query does, in either language, the best first; then those that have it anywhere. */
  find(query: string, limit: number): Emoji[] {
    const wanted = fold(query);
    if (wanted === '') return [];
    const ranked: Emoji[][] = [[], [], [], []];
    for (const emoji of this.#all) {
      const rank = rankOf(emoji, wanted);
      if (rank !== null) ranked[rank]!.push(emoji);
    }
    return ranked.flat().slice(0, limit);
  }

  /** Whatever its skin tone, and with or without the selector that asks for colour. */
  of(char: string): Emoji | undefined {
    return this.#byChar.get(plain(char));
  }

  named(shortcode: string): Emoji | undefined {
    return this.#byShortcode.get(shortcode);
  }
}

const variationSelector = /\ufe0f/gu;

function plain(char: string): string {
  return char.replace(variationSelector, '');
}

/** 0: it is called just so; 1: a name of it begins so; 2: a word about it does; 3: it is in there. */
function rankOf({ names, tags }: Emoji, wanted: string): number | null {
  let best = Infinity;
  for (const name of names) best = Math.min(best, name === wanted ? 0 : name.startsWith(wanted) ? 1 : within(name, wanted));
  for (const tag of tags) best = Math.min(best, tag.startsWith(wanted) ? 2 : within(tag, wanted));
  return best === Infinity ? null : best;
}

function within(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  return at < 0 ? Infinity : text[at - 1] === ' ' ? 2 : 3;
}
