import { createSignal } from 'solid-js';
import type { EmojiIndex } from '../../../emoji/emoji-index';
import { loadEmoji } from '../../../emoji/load-emoji';
import type { WritingWords } from '../../../i18n/writing/words';
import { nickKey } from '../../../model/people/nick-key';
import type { Room } from '../../../model/room';
import type { CompletionQuery } from '../../../model/writing/completion-query';
import { commandNames } from '../../../model/writing/slash';
import type { AppContext } from '../../context';
import { createPeopleProposals } from './people-proposals';
import { most, type Proposal } from './proposal';

export interface Proposals {
  readonly find: (query: CompletionQuery) => readonly Proposal[];
  /** Null until the index is here; it is fetched when it is first wanted. */
  readonly emoji: () => EmojiIndex | null;
}

/** What each kind of query proposes. */
export function createProposals(app: AppContext, room: () => Room, words: () => WritingWords): Proposals {
  const people = createPeopleProposals(app, room, () => words().everyone);
  const [index, setIndex] = createSignal<EmojiIndex | null>(null);
  const emoji = () => {
    if (index() === null) void loadEmoji().then((index) => setIndex(() => index), () => {});
    return index();
  };
  const find = ({ kind, query }: CompletionQuery): readonly Proposal[] => {
    switch (kind) {
      case 'person': return people(query);
      case 'room': return rooms(app, query);
      case 'emoji': return emoji()?.find(query, most).map((one) => ({
        key: one.char, insert: one.char, label: `:${one.shortcode}:`, note: one.name[app.language()], picture: { kind: 'sign', sign: one.char } as const,
      })) ?? [];
      case 'command': return commandNames.filter((name) => name.startsWith(query.toLowerCase())).map((name) => ({
        key: name, insert: `/${name} `, label: `/${name} ${words().commands[name].argument}`.trim(), note: words().commands[name].about, picture: { kind: 'sign', sign: '/' },
      }));
    }
  };
  return { find, emoji };
}

function rooms({ client }: AppContext, query: string): readonly Proposal[] {
  const wanted = nickKey(query);
  return [...client.workspace.rooms().values()]
    .flatMap(({ id, slug, title }) => (slug === undefined ? [] : [{ id, slug, title, at: `${nickKey(slug)} ${nickKey(title)}`.indexOf(wanted) }]))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Math.sign(a.at) - Math.sign(b.at))
    .slice(0, most)
    .map(({ id, slug, title }) => ({ key: id, insert: `#${slug} `, label: slug, note: title === slug ? undefined : title, picture: { kind: 'sign', sign: '#' } }));
}
