import { createMemo, Show } from 'solid-js';
import { errorWords } from '../../i18n/language';
import { startsDay, startsGroup } from '../../model/grouping';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { Author } from './author';
import { Body } from './body';
import { rowState, type Row } from './row';

export interface MessageRowProps {
  readonly row: Row;
  readonly previous: Row | undefined;
  /** The first one that is unread. */
  readonly divided: boolean;
}

export function MessageRow(props: MessageRowProps) {
  const { client, dates, t } = useApp();
  const day = createMemo(() => startsDay(props.previous, props.row));
  const group = createMemo(() => props.divided || startsGroup(props.previous, props.row));
  const name = () => client.workspace.names.of(props.row.from);
  const state = () => rowState(props.row);
  const time = () => (
    <time dateTime={new Date(props.row.ts).toISOString()} title={dates().full(props.row.ts)}>{dates().time(props.row.ts)}</time>
  );
  return (
    <div class="line">
      <Show when={day()}><div class="day" role="separator"><span>{dates().day(props.row.ts)}</span></div></Show>
      <Show when={props.divided}><div class="divider" role="separator" data-testid="divider"><span>{t().newMessages}</span></div></Show>
      <div class="message" classList={{ head: group(), [state()]: true }}
        data-testid="message" data-seq={props.row.seq} data-state={state()}>
        <div class="gutter"><Show when={group()} fallback={time()}><Avatar id={props.row.from.id} name={name()} /></Show></div>
        <div class="content">
          <Show when={group()}><div class="byline"><Author user={props.row.from} />{time()}</div></Show>
          <div class="body" data-testid="body" classList={{ erased: props.row.erased }}>
            <Show when={props.row.body !== undefined} fallback={t().erased}><Body text={props.row.body!} /></Show>
          </div>
          <Show when={state() === 'failed' && props.row.entry}>
            {(entry) => (
              <div class="failure" role="alert">
                <span>{t().notSent} – {errorWords(t(), entry().code ?? 'unknown')}</span>
                <button type="button" data-testid="retry" onClick={() => client.retry(entry().cid)}>{t().retry}</button>
                <button type="button" data-testid="discard" onClick={() => client.outbox.discard(entry().cid)}>{t().discard}</button>
              </div>
            )}
          </Show>
        </div>
      </div>
    </div>
  );
}
