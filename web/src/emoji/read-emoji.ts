import type { Emoji } from './emoji';
import type { Groups } from './emoji-index';
import { fold } from './fold';

/** Reads what scripts/emoji-data.ts wrote. */
export function readEmoji(text: string): Groups {
  return text.split('\n\n').map((group) => group.split('\n').map(readLine));
}

function readLine(line: string): Emoji {
  const [char = '', codes = '', en = '', ja = '', tags = '', tones = ''] = line.split('\t');
  const shortcodes = codes.split(' ');
  return {
    char,
    shortcode: shortcodes[0]!,
    name: { en, ja },
    tones: tones === '' ? [] : tones.split(' '),
    names: [...shortcodes, en, ja].map(fold),
    tags: tags === '' ? [] : tags.split(','),
  };
}
