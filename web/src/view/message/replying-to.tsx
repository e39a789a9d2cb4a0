import { createMemo, Show } from 'solid-js';
import { plainText } from '../../model/plain-text';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { CloseIcon } from '../icons';
import { Plain } from '../plain';

/** Above the composer: what the next message answers, and how to let that be. */
export function ReplyingTo(props: { room: RoomId; stopped: () => void }) {
  const { client, t } = useApp();
  const seq = () => client.conversation.replying(props.room);
  const message = createMemo(() => {
    const found = seq() === null ? undefined : client.quotes.find(props.room, seq()!);
    return found === undefined || found === 'unseen' ? null : found;
  });
  const stop = () => {
    client.conversation.reply(props.room, null);
    props.stopped();
  };
  return (
    <Show when={seq() !== null}>
      <p class="replying-to" role="status" data-testid="replying-to">
        <span class="replying-words">
          <Show when={message()} fallback={t().replyUnseen}>
            {(message) => <><strong><Plain text={t().replyingTo(client.workspace.names.of(message().from))} /></strong> <Plain text={plainText(message().body ?? t().deleted)} /></>}
          </Show>
        </span>
        <button class="icon-button" type="button" data-testid="stop-replying" aria-label={t().stopReplying} title={t().stopReplying} onClick={stop}><CloseIcon /></button>
      </p>
    </Show>
  );
}
