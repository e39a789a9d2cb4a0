import type { Language } from '../i18n/language';

export interface Emoji {
  readonly char: string;
  /** As it is written between colons. */
  readonly shortcode: string;
  readonly name: Readonly<Record<Language, string>>;
  /** From light to dark, where it has any. */
  readonly tones: readonly string[];
  /** Folded: shortcodes and names, and the words that find it besides. */
  readonly names: readonly string[];
  readonly tags: readonly string[];
}
