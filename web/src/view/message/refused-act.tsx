import { Show } from 'solid-js';
import { errorWords } from '../../i18n/language';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { CloseIcon } from '../icons';

/** Why what one did to a message was taken back. */
export function RefusedAct(props: { room: RoomId; seq: number }) {
  const { client, t } = useApp();
  const { pending } = client.messages;
  return (
    <Show when={pending.refused(props.room, props.seq)}>
      {(refused) => (
        <p class="failure" role="alert" data-testid="act-refused">
          <span>{t().actRefused[refused().act.kind]} – {errorWords(t(), refused().code, refused().retryAfter)}</span>
          <button class="icon-button" type="button" tabindex="-1" aria-label={t().close} onClick={() => pending.forgive(props.room, props.seq)}><CloseIcon /></button>
        </p>
      )}
    </Show>
  );
}
