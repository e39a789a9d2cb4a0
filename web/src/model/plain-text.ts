import { withoutHidden } from './deception/hidden';
import { coverSpoilers } from './spoilers';

/** Characters of a message that a notification shows: systems cut at about so many. */
const usual = 180;

/** The beginning of what was written, without the signs of markdown, in one piece: wherever a message is told of rather than shown. */
export function plainText(body: string, most = usual): string {
  const text = withoutHidden(coverSpoilers(body).slice(0, most * 4))
    .replace(/^```[^\n]*\n?/gmu, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/gu, '$1')
    .replace(/^(?:>\s?|#{1,6}\s+)+/gmu, '')
    .replace(/(\*\*|__|~~|\|\|)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/`([^`\n]+)`/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...text];
  return characters.length <= most ? text : `${wholeCharacters(text, characters.slice(0, most - 1).join('').length)}…`;
}

/** The beginning of the text, of at most so many UTF-16 code units, that cuts nothing in two which people see as one. */
function wholeCharacters(text: string, most: number): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
