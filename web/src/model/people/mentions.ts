import type { UserId } from '../../wire/types';
import { isAllowed, isMark, longestName, nickKey, normalNick } from './nick-key';

export interface Named {
  readonly users: readonly UserId[];
  /** It says `@everyone`. */
  readonly everyone: boolean;
}

/** Whose nick folds to this key, as far as is known. */
export type ByKey = (key: string) => UserId | undefined;

/** Different users in one message, and names looked up for it: as on the server. */
const mostUsers = 50;
const mostLookups = 500;

/**
 * Whom a body names by `@nick`: each the longest name that is known, because Japanese has no spaces after one. The server's rule
 * (Core/Messages/Mentions.cs); tests/corpus/mentions.json holds both to it.
 */
export function findMentions(body: string, byKey: ByKey): Named {
  const users: UserId[] = [];
  let everyone = false;
  let lookups = mostLookups;
  for (let at = body.indexOf('@'); at >= 0 && lookups > 0 && users.length < mostUsers; at = body.indexOf('@', at + 1)) {
    // An address, not a mention.
    if (at > 0 && isWord(body[at - 1]!)) continue;
    // With what follows the longest name.
    for (const { name } of namesAt(body.slice(at + 1, at + 2 + longestName))) {
      const key = nickKey(name);
      if (key === 'everyone') {
        everyone = true;
        break;
      }
      if (lookups-- <= 0) break;
      const user = byKey(key);
      if (user === undefined) continue;
      if (!users.includes(user)) users.push(user);
      break;
    }
  }
  return { users, everyone };
}

export function namesOne(body: string, me: UserId, byKey: ByKey): boolean {
  if (!body.includes('@')) return false;
  const { users, everyone } = findMentions(body, byKey);
  return everyone || users.includes(me);
}

/** What the text may begin with as a name, the longest first. No ASCII word and no letter is cut in two. */
export function* namesAt(text: string): Generator<{ readonly name: string; readonly end: number }> {
  const ends: number[] = [];
  let length = 0;
  for (const character of text) {
    if (!isAllowed(character)) break;
    ends.push((length += character.length));
  }
  for (const end of ends.reverse()) {
    if (end < text.length && isWord(text[end - 1]!) && isWord(text[end]!)) continue;
    // An accent is the letter's before it.
    if (end < text.length && isMark(text.codePointAt(end)!)) continue;
    const name = normalNick(text.slice(0, end));
    if (name !== null) yield { name, end };
  }
}

function isWord(character: string): boolean {
  return /[a-zA-Z0-9]/u.test(character);
}
