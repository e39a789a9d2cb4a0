import { createMemo, Show } from 'solid-js';
import { withoutHidden } from '../../model/deception/hidden';
import { plainText } from '../../model/plain-text';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { Nick } from '../nick';
import { Plain } from '../plain';

/** What a message answers, in one line; a click leads there. */
export function Quote(props: { room: RoomId; seq: number }) {
  const { client, route, t } = useApp();
  const quoted = createMemo(() => client.quotes.find(props.room, props.seq));
  const message = () => {
    const found = quoted();
    return found === undefined || found === 'unseen' ? null : found;
  };
  const author = () => client.workspace.names.of(message()!.from);
  const isHidden = () => client.workspace.blocks.has(message()!.from.id);
  const words = () => {
    const { body, deleted } = message()!;
    if (isHidden()) return t().hidden;
    return body === undefined ? (deleted === undefined ? t().erased : t().deleted) : plainText(body);
  };
  return (
    <Show when={quoted() !== 'unseen'} fallback={<p class="quote unseen-quote" data-testid="quote">{t().replyUnseen}</p>}>
      {/* As high before it is known as after: nothing jumps. */}
      <Show when={message()} fallback={<p class="quote" aria-busy="true"> </p>}>
        <button class="quote" type="button" tabindex="-1" data-testid="quote" aria-label={withoutHidden(`${t().replyTo(author())}: ${words()}`)}
          classList={{ gone: message()!.body === undefined || isHidden() }} onClick={() => route.openAt(props.room, props.seq)}>
          <span class="quote-author"><Nick name={author()} /></span> <span class="quote-text"><Plain text={words()} /></span>
        </button>
      </Show>
    </Show>
  );
}
