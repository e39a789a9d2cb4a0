import { For } from 'solid-js';
import type { Reaction } from '../../wire/types';
import { useApp } from '../context';
import { SmileIcon } from '../icons';

interface ReactionsProps {
  readonly reactions: readonly Reaction[];
  readonly mayReact: boolean;
  readonly toggle: (emoji: string) => void;
  readonly pick: () => void;
}

/** What people reacted with, one's own among them; a click gives or takes back one's own. */
export function Reactions(props: ReactionsProps) {
  const { t } = useApp();
  // By emoji, not by value: the button that was pressed stays, and the focus on it.
  const emoji = () => props.reactions.map((reaction) => reaction.emoji);
  const of = (emoji: string) => props.reactions.find((reaction) => reaction.emoji === emoji);
  const label = (emoji: string) => t().reaction(emoji, of(emoji)?.count ?? 0, of(emoji)?.mine ?? false);
  return (
    <ul class="reactions" data-testid="reactions">
      <For each={emoji()}>
        {(emoji) => (
          <li>
            <button class="reaction" type="button" tabindex="-1" data-testid="reaction" classList={{ mine: of(emoji)?.mine ?? false }} aria-pressed={of(emoji)?.mine ?? false}
              aria-label={label(emoji)} title={label(emoji)} disabled={!props.mayReact} onClick={() => props.toggle(emoji)}>
              <span class="emoji">{emoji}</span> <span class="count">{of(emoji)?.count}</span>
            </button>
          </li>
        )}
      </For>
      <li class="reaction-more" hidden={!props.mayReact}>
        <button class="reaction" type="button" tabindex="-1" data-testid="add-reaction" aria-label={t().addReaction} title={t().addReaction} onClick={() => props.pick()}><SmileIcon /></button>
      </li>
    </ul>
  );
}
