import { createMemo, For, Show } from 'solid-js';
import { startsDay, startsGroup } from '../../model/grouping';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { MoreIcon } from '../icons';
import { Author } from './author';
import { Body } from './body';
import { Failure } from './failure';
import { rowState, type Row } from './row';

export interface MessageRowProps {
  readonly row: Row;
  readonly previous: Row | undefined;
  /** The first one that is unread. */
  readonly divided: boolean;
  /** Whether it is to be seen although its author is blocked. */
  readonly unfolded: boolean;
  readonly unfold: () => void;
  /** Asks what there is to do about it. */
  readonly act: () => void;
}

export function MessageRow(props: MessageRowProps) {
  const { client, dates, t } = useApp();
  const day = createMemo(() => startsDay(props.previous, props.row));
  const group = createMemo(() => props.divided || startsGroup(props.previous, props.row));
  const name = () => client.workspace.names.of(props.row.from);
  const state = () => rowState(props.row);
  const isMine = () => client.workspace.isMe(props.row.from.id);
  const words = () => (isMine() ? t().deleteMessage : t().messageActs(name()));
  // Of one's own there is nothing left to do once it is gone.
  const actable = () => props.row.seq !== undefined && !(isMine() && props.row.body === undefined);
  const isHidden = () => !props.unfolded && client.workspace.blocks.has(props.row.from.id);
  const time = () => (
    <time dateTime={new Date(props.row.ts).toISOString()} title={dates().full(props.row.ts)}>{dates().time(props.row.ts)}</time>
  );
  return (
    <div class="line">
      <Show when={day()}><div class="day" role="separator"><span>{dates().day(props.row.ts)}</span></div></Show>
      <Show when={props.divided}><div class="divider" role="separator" data-testid="divider"><span>{t().newMessages}</span></div></Show>
      <Show when={!isHidden()} fallback={
        <div class="message folded" data-testid="folded" data-seq={props.row.seq}>
          <span>{t().hidden}</span><button class="link" type="button" data-testid="unfold" onClick={() => props.unfold()}>{t().show}</button>
        </div>
      }>
        <div class="message" classList={{ head: group(), [state()]: true }}
          data-testid="message" data-seq={props.row.seq} data-state={state()}>
          <div class="gutter"><Show when={group()} fallback={time()}><Avatar id={props.row.from.id} name={name()} /></Show></div>
          <div class="content">
            <Show when={group()}><div class="byline"><Author user={props.row.from} />{time()}</div></Show>
            <div class="body" data-testid="body" classList={{ erased: props.row.erased }}>
              <Show when={props.row.body !== undefined} fallback={props.row.deleted === undefined ? t().erased : t().deleted}><Body text={props.row.body!} /></Show>
              <Show when={props.row.edited !== undefined && props.row.body !== undefined}><small class="edited" title={dates().full(props.row.edited!)}> {t().edited}</small></Show>
              <Show when={props.row.pinned}><small class="pinned"> {t().pinned}</small></Show>
            </div>
            <Show when={props.row.reactions}>
              {(reactions) => (
                <ul class="reactions" data-testid="reactions">
                  <For each={reactions()}>{({ emoji, count, mine }) => <li classList={{ mine: mine ?? false }}>{emoji} <span>{count}</span></li>}</For>
                </ul>
              )}
            </Show>
            <Show when={state() === 'failed' && props.row.entry}>
              {(entry) => <Failure entry={entry()} />}
            </Show>
          </div>
          <Show when={actable()}>
            <button class="icon-button about-message" type="button" data-testid="message-acts" aria-label={words()} title={words()}
              onClick={() => props.act()}><MoreIcon /></button>
          </Show>
        </div>
      </Show>
    </div>
  );
}
