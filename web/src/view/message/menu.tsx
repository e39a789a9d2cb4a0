import { For, Show, type JSX } from 'solid-js';
import type { User } from '../../wire/types';
import { useApp } from '../context';
import { BinIcon, CopyIcon, EditIcon, FlagIcon, LinkIcon, PersonIcon, PinIcon, PlusIcon, ReplyIcon, ThreadIcon } from '../icons';
import { useMessageWords } from '../use-message-words';
import type { MessageActs } from './message-acts';
import { Popup } from './popup';
import { recentEmoji } from './recent-emoji';

interface MenuProps {
  readonly acts: MessageActs;
  readonly anchor: HTMLElement;
  readonly author: User;
  readonly isMine: boolean;
  readonly isPinned: boolean;
  readonly isThere: boolean;
  readonly isInThread: boolean;
  readonly pick: () => void;
  /** Reports it, or blocks who wrote it. */
  readonly about: () => void;
  readonly copied: () => void;
  readonly close: () => void;
}

interface Item {
  readonly testid: string;
  readonly words: string;
  readonly icon: () => JSX.Element;
  readonly isDanger?: boolean;
  readonly act: () => void;
}

const quick = 6;

/** All there is to do with a message: beside it, or from the bottom of a phone. */
export default function Menu(props: MenuProps) {
  const { cards, client, keys, t } = useApp();
  const words = useMessageWords();
  const may = () => props.acts.rights();
  let list!: HTMLDivElement;
  const after = (act: () => void) => () => {
    // First the focus goes back to where it was, then to where the act leads.
    props.close();
    act();
  };
  const copy = (how: () => Promise<boolean>) => async () => {
    const isDone = await how();
    props.close();
    if (isDone) props.copied();
  };
  // By keyboard the only way to who wrote it: the log is one stop. The message itself gets the focus back.
  const tellOfAuthor = () => cards.show({ about: 'person', user: props.author, anchor: props.anchor.closest<HTMLElement>('.message')! });
  const items = (): readonly Item[] => [
    ...(may().reply && !props.isInThread ? [
      { testid: 'menu-reply', words: words().reply, icon: ReplyIcon, act: after(() => props.acts.reply()) },
      { testid: 'menu-thread', words: words().thread, icon: ThreadIcon, act: after(() => props.acts.openThread()) },
    ] : []),
    ...(may().edit ? [{ testid: 'menu-edit', words: words().edit, icon: EditIcon, act: after(() => props.acts.edit()) }] : []),
    ...(props.isThere ? [{ testid: 'copy-text', words: words().copyText, icon: CopyIcon, act: copy(() => props.acts.copyText()) }] : []),
    { testid: 'copy-link', words: words().copyLink, icon: LinkIcon, act: copy(() => props.acts.copyLink()) },
    ...(may().pin ? [{ testid: 'pin', words: props.isPinned ? words().unpin : words().pin, icon: PinIcon, act: after(() => props.acts.pin()) }] : []),
    ...(props.isMine ? [] : [
      { testid: 'about-author', words: t().aboutPerson(client.workspace.names.of(props.author)), icon: PersonIcon, act: after(tellOfAuthor) },
      { testid: 'about-message', words: words().reportOrBlock, icon: FlagIcon, act: after(() => props.about()) },
    ]),
    ...(may().delete ? [{ testid: 'delete', words: words().delete, icon: BinIcon, isDanger: true, act: after(() => props.acts.remove()) }] : []),
  ];
  const move = (event: KeyboardEvent) => {
    const all = [...list.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const last = all.length - 1;
    // From the reactions above as from before the first.
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };
  return (
    <Popup label={words().menu} class="menu-popup" testid="message-menu" anchor={props.anchor} key={move} close={props.close}>
      <Show when={may().react}>
        <div class="menu-reactions">
          <For each={recentEmoji(keys).slice(0, quick)}>
            {(emoji) => <button class="emoji" type="button" data-testid="menu-react" aria-label={words().reactWith(emoji)} onClick={after(() => props.acts.react(emoji))}>{emoji}</button>}
          </For>
          <button class="emoji" type="button" data-testid="menu-pick" aria-label={words().react} onClick={() => props.pick()}><PlusIcon /></button>
        </div>
      </Show>
      <div ref={list} class="menu-items" role="menu" aria-label={words().menu}>
        <For each={items()}>
          {(item, i) => (
            <button class="menu-item" classList={{ danger: item.isDanger ?? false }} type="button" role="menuitem" autofocus={i() === 0} data-testid={item.testid} onClick={item.act}>
              {item.icon()}{item.words}
            </button>
          )}
        </For>
      </div>
    </Popup>
  );
}
