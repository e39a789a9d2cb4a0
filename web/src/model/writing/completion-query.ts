export type CompletionKind = 'person' | 'room' | 'emoji' | 'command';

/** What is being written and can be completed: from `from` to the caret. */
export interface CompletionQuery {
  readonly kind: CompletionKind;
  readonly from: number;
  readonly query: string;
  /** Whether Enter takes the first one: not where a sentence may just go on, as behind 時間： */
  readonly eager: boolean;
}

/** Behind which a query cannot be longer: no name is. */
const longest = 64;

// query = sign name, the sign not behind an ASCII word; Japanese text needs no space before it, and input methods write wide signs
const name = /(?:^|[^A-Za-z0-9])([@＠])([^\s@＠,，:：!！]*)$/u;
const room = /(?:^|[^A-Za-z0-9&/])([#＃])([^\s#＃,，:：!！@]*)$/u;
const emoji = /(^|[^A-Za-z0-9:：/])([:：])([\p{L}\p{N}_+-]+)$/u;
const command = /^\/([a-z]*)$/iu;

export function findQuery(text: string, caret: number): CompletionQuery | null {
  const slash = command.exec(text.slice(0, caret));
  if (slash !== null) return { kind: 'command', from: 0, query: slash[1]!, eager: true };
  const before = text.slice(Math.max(0, caret - longest), caret);
  const found = (kind: CompletionKind, query: string, eager: boolean): CompletionQuery => ({ kind, from: caret - query.length - 1, query, eager });
  const person = name.exec(before);
  if (person !== null) return found('person', person[2]!, true);
  const slug = room.exec(before);
  if (slug !== null) return found('room', slug[2]!, slug[2] !== '');
  const smile = emoji.exec(before);
  if (smile === null) return null;
  const [, outside = '', , query = ''] = smile;
  const isWord = /^[\w+-]+$/u.test(query);
  // One letter of ASCII behind a colon is a face (:D) more often than the beginning of a name.
  return isWord && query.length < 2 ? null : found('emoji', query, isWord || outside.trim() === '');
}
