import { createComputed, createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { Thread } from '../../client/thread';
import { errorWords } from '../../i18n/language';
import type { Room } from '../../model/room';
import { shown } from '../../outbox/entry';
import type { UserId } from '../../wire/types';
import { Composer } from '../composer/composer';
import { useApp } from '../context';
import { CloseIcon } from '../icons';
import { part } from '../part';
import { createLines } from '../room/create-lines';
import { MessageRow } from '../room/message-row';
import { keepOneStop } from '../room/roving';
import { entryRow, type Row } from '../room/row';
import { useMessageWords } from '../use-message-words';
import './pane.css';

const MessageActs = part(() => import('../details/message-acts'));

/** Pixels from the end that still count as the end. */
const nearEnd = 40;

/** A message and what answers it, beside the room; on a phone over it. */
export default function ThreadPane(props: { room: Room; root: number; close: () => void }) {
  const { client, t, titleOf } = useApp();
  const words = useMessageWords();
  const { id } = props.room;
  const thread = new Thread(client.workspace, client.questions, id, props.root);
  onCleanup(() => thread.close());
  // At first, and whenever a connection begins: what was missed without one comes by no event here.
  createEffect(() => client.status() === 'online' && void thread.load());

  const entries = createMemo(() => client.outbox.entries().filter((entry) => entry.room === id && entry.replyTo === props.root && shown(entry, props.room.last)));
  const me = () => ({ id: client.workspace.you()?.id ?? ('' as UserId), nick: client.workspace.you()?.nick ?? '' });
  const rows = createMemo<readonly Row[]>(() => [...thread.messages(), ...entries().map((entry) => entryRow(entry, me()))]);
  const { lines } = createLines(rows, () => undefined);
  const replies = () => thread.messages().filter((message) => message.seq !== props.root && message.deleted === undefined);
  createEffect(() => {
    if (thread.loading() || thread.more() || thread.messages().length === 0) return;
    client.replyCounts.count(id, props.root, { answers: replies().map(({ seq, ts, from }) => ({ seq, ts, from })), upTo: thread.head });
  });
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<number>>(new Set());
  const [acting, setActing] = createSignal<Row | null>(null);
  let log!: HTMLDivElement;
  let pane!: HTMLElement;

  // Whoever reads at the end goes on reading there; whoever asked for older ones stays where they were.
  let isAtEnd = true;
  let below = 0;
  const look = () => (isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd);
  createComputed(on(lines, () => (below = log === undefined ? 0 : log.scrollHeight - log.scrollTop)));
  createEffect(on(lines, () => {
    log.scrollTop = isAtEnd ? log.scrollHeight : log.scrollHeight - below;
  }));
  onMount(() => {
    keepOneStop(log);
    const observer = new ResizeObserver(() => isAtEnd && (log.scrollTop = log.scrollHeight));
    observer.observe(log);
    onCleanup(() => observer.disconnect());
    const composer = pane.querySelector<HTMLElement>('textarea');
    (matchMedia('(hover: hover)').matches && composer !== null && composer.offsetParent !== null ? composer : pane.querySelector<HTMLElement>('button'))?.focus();
  });
  return (
    <aside ref={pane} class="details pane" data-testid="thread" aria-label={words().threadIn(titleOf(props.room))}>
      <header>
        <h2>{words().threadTitle} <small><Show when={props.room.kind !== 'direct'}>#</Show>{titleOf(props.room)}</small></h2>
        <button class="icon-button" type="button" data-testid="pane-close" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
      </header>
      <div ref={log} class="pane-log" role="log" tabindex="0" aria-label={words().threadTitle} aria-busy={thread.loading()} aria-live={thread.loading() ? 'off' : 'polite'} onScroll={look}>
        <Show when={thread.error()}>{(code) => <p class="wrong" role="alert">{errorWords(t(), code())}</p>}</Show>
        <Show when={thread.more() && thread.messages().length > 0}>
          <button class="quiet pane-older" type="button" data-testid="older-replies" disabled={thread.loading()} onClick={() => void thread.loadOlder()}>{words().olderReplies}</button>
        </Show>
        <For each={lines()} fallback={<p class="log-note">{thread.loading() ? t().loading : ''}</p>}>
          {(line) => (
            <>
              <MessageRow room={props.room} row={line.row()} previous={line.previous()} divided={false} isInThread
                unfolded={unfolded().has(line.row().seq!)} unfold={() => setUnfolded(new Set(unfolded()).add(line.row().seq!))} act={() => setActing(line.row())} />
              <Show when={line.row().seq === props.root}>
                <p class="pane-rule" data-testid="thread-count"><span>{replies().length === 0 ? words().noReplies : t().replies(replies().length)}</span></p>
              </Show>
            </>
          )}
        </For>
      </div>
      <Composer room={props.room} thread={props.root} said={thread.messages()} />
      <Show when={acting()} keyed>
        {(row) => <Suspense><MessageActs room={id} seq={row.seq!} from={row.from} close={() => setActing(null)} /></Suspense>}
      </Show>
    </aside>
  );
}
