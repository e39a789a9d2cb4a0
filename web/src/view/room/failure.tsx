import { errorWords } from '../../i18n/language';
import type { Entry } from '../../outbox/entry';
import { createWait } from '../composer/create-wait';
import { useApp } from '../context';

/** Why a message of ours was not sent, and what one may do with it. */
export function Failure(props: { entry: Entry }) {
  const { client, dates, t } = useApp();
  const wait = createWait(() => (props.entry.code === 'slow_mode' ? client.pace.next(props.entry.room) : 0));
  const why = () => (wait() > 0 ? t().slowFailed(dates().span(wait())) : errorWords(t(), props.entry.code ?? 'unknown'));
  return (
    <div class="failure" role="alert">
      {/* Said once, not at each second that is counted down. */}
      <span aria-live="off">{t().notSent} – {why()}</span>
      <button type="button" data-testid="retry" onClick={() => client.retry(props.entry.cid)}>{t().retry}</button>
      <button type="button" data-testid="discard" onClick={() => client.outbox.discard(props.entry.cid)}>{t().discard}</button>
    </div>
  );
}
