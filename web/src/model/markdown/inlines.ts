import { longestName } from '../people/nick-key';
import { CodeSpans } from './code-spans';
import { flank } from './flanking';
import { lengthOfName, type KnownNames } from './known-names';
import { readAddress, readLink } from './links';
import type { Steps } from './steps';
import { Styles } from './styles';
import type { Inline } from './tree';

/** Where something may begin; the rest is read in one go. */
const plain = /[^`*_~|![@#\nhHmM]+/uy;
const run = /([*_~|])\1*/uy;
const emptyLine = /\n[^\S\n]*\n/uy;
const word = /[A-Za-z0-9]/u;
const inAddress = /[A-Za-z0-9&/]/u;

/** What stands in a paragraph. */
export function findInlines(text: string, known: KnownNames, steps: Steps): readonly Inline[] {
  const styles = new Styles();
  const code = new CodeSpans(text, steps);
  let at = 0;
  const node = (inline: Inline, end: number) => {
    styles.add(inline);
    at = end;
  };
  const say = (end: number) => node({ kind: 'text', text: text.slice(at, end) }, end);
  const link = (start: number, image: boolean): boolean => {
    const found = readLink(text, start);
    if (found !== null) node({ kind: 'link', href: found.href, label: found.label, image }, found.end);
    return found !== null;
  };
  const name = (kind: 'mention' | 'room', before: RegExp) => {
    const length = before.test(text[at - 1] ?? '') ? 0 : lengthOfName(text.slice(at + 1, at + 2 + longestName), known[kind]);
    if (length === 0) return say(at + 1);
    node({ kind, name: text.slice(at + 1, at + 1 + length) }, at + 1 + length);
  };
  while (at < text.length) {
    const begun = at;
    switch (text[at]) {
      case '`': {
        const span = code.read(at);
        if (span.code === null) say(span.end);
        else node({ kind: 'code', text: span.code }, span.end);
        break;
      }
      case '[': if (!link(at, false)) say(at + 1); break;
      case '!': if (text[at + 1] !== '[' || !link(at + 1, true)) say(at + 1); break;
      case '@': name('mention', word); break;
      case '#': name('room', inAddress); break;
      case '*': case '_': case '~': case '|': {
        run.lastIndex = at;
        const marks = run.exec(text)![0];
        const end = at + marks.length;
        const flanked = flank(marks, characterBefore(text, at), characterAt(text, end));
        if (flanked === null) say(end);
        else {
          styles.mark(marks, flanked);
          at = end;
        }
        break;
      }
      case '\n':
        emptyLine.lastIndex = at;
        if (emptyLine.test(text)) styles.end();
        say(at + 1);
        break;
      case 'h': case 'H': case 'm': case 'M': {
        const found = word.test(text[at - 1] ?? '') ? null : readAddress(text, at);
        if (found === null) say(at + 1);
        else node({ kind: 'link', href: found.href, label: found.label, image: false }, found.end);
        break;
      }
      default:
        plain.lastIndex = at;
        plain.test(text);
        say(plain.lastIndex);
    }
    steps.take(at - begun);
  }
  return styles.tree();
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const isPair = at > 1 && /[\udc00-\udfff]/.test(text[at - 1]!);
  return isPair ? text.slice(at - 2, at) : text[at - 1]!;
}
