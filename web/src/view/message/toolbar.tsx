import { For, onMount, Show } from 'solid-js';
import { useApp } from '../context';
import { EditIcon, ReplyIcon, SmileIcon, ThreadIcon } from '../icons';
import { useMessageWords } from '../use-message-words';
import type { MessageActs } from './message-acts';
import { recentEmoji } from './recent-emoji';

interface ToolbarProps {
  readonly acts: MessageActs;
  readonly isInThread: boolean;
  readonly pick: () => void;
  /** It is in the page now. */
  readonly ready: () => void;
}

/** Reactions given with one press. */
const quick = 3;

/** What is done with a message most often; the rest is behind ⋯. */
export default function Toolbar(props: ToolbarProps) {
  const { keys } = useApp();
  const words = useMessageWords();
  const may = () => props.acts.rights();
  onMount(() => props.ready());
  return (
    <>
      <Show when={may().react}>
        <For each={recentEmoji(keys).slice(0, quick)}>
          {(emoji) => (
            <button class="tool emoji" type="button" tabindex="-1" data-testid="quick-react" aria-label={words().reactWith(emoji)} title={words().reactWith(emoji)}
              onClick={() => props.acts.react(emoji)}>{emoji}</button>
          )}
        </For>
        <button class="tool" type="button" tabindex="-1" data-testid="react" aria-label={words().react} title={words().react} onClick={() => props.pick()}><SmileIcon /></button>
      </Show>
      <Show when={may().reply}>
        <Show when={!props.isInThread}>
          <button class="tool" type="button" tabindex="-1" data-testid="reply" aria-label={words().reply} title={words().reply} onClick={() => props.acts.reply()}><ReplyIcon /></button>
          <button class="tool" type="button" tabindex="-1" data-testid="open-thread" aria-label={words().thread} title={words().thread}
            onClick={() => props.acts.openThread()}><ThreadIcon /></button>
        </Show>
      </Show>
      <Show when={may().edit}>
        <button class="tool" type="button" tabindex="-1" data-testid="edit" aria-label={words().edit} title={words().edit} onClick={() => props.acts.edit()}><EditIcon /></button>
      </Show>
    </>
  );
}
