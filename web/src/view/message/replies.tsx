import { Show } from 'solid-js';
import type { Replies } from '../../model/thread';
import { useApp } from '../context';

/** Below what began a thread: how many answer it, and the way there. */
export function RepliesBelow(props: { replies: Replies | undefined; open: () => void }) {
  const { dates, t } = useApp();
  return (
    <Show when={props.replies}>
      {(replies) => (
        <button class="replies" type="button" tabindex="-1" data-testid="replies" onClick={() => props.open()}>
          <strong>{t().replies(replies().count)}</strong> <small>{t().lastReply(dates().short(replies().last))}</small>
        </button>
      )}
    </Show>
  );
}
