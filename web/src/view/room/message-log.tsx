import { createComputed, createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, Suspense, untrack } from 'solid-js';
import { createVisibility } from '../../browser/visibility';
import { hasOlder } from '../../model/log';
import { unread, type Room } from '../../model/room';
import { useApp } from '../context';
import { DownIcon } from '../icons';
import { part } from '../part';
import { createDivider } from './create-divider';
import { createRows, type Line } from './create-rows';
import { MessageRow } from './message-row';
import type { Row } from './row';
import { Scroll } from './scroll';

const MessageActs = part(() => import('../details/message-acts'));

/** Posts asked for at once. */
const page = 50;

export function MessageLog(props: { room: Room }) {
  const { client, t, titleOf } = useApp();
  const visible = createVisibility();
  const room = () => props.room;
  const [placed, setPlaced] = createSignal(false);
  const [atEnd, setAtEnd] = createSignal(true);
  const [loading, setLoading] = createSignal(false);
  const { lines, live, up, down, newest } = createRows(room, atEnd);
  const attentive = createMemo(() => placed() && atEnd() && live() && visible());
  const dividedAfter = createDivider(room, attentive);
  const count = createMemo(() => unread(props.room));
  // Of rows, but held above them: a row is made anew whenever anybody changes its message.
  const [acting, setActing] = createSignal<Pick<Row, 'from'> & { readonly seq: number } | null>(null);
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<number>>(new Set());
  let log!: HTMLDivElement;
  let scroll!: Scroll;

  const isDivided = ({ row, previous }: Line) => {
    const after = dividedAfter();
    const before = previous()?.seq ?? (hasOlder(props.room) ? Infinity : 0);
    return row.seq !== undefined && row.seq > after && before <= after;
  };
  const load = async (limit: number) => {
    if (loading()) return;
    setLoading(true);
    await client.loadOlder(props.room.id, limit);
    // Off until the lines are there: a reader should hear what is said now, not what was said last week.
    requestAnimationFrame(() => setLoading(false));
  };
  const look = () => {
    const left = scroll.movedUp();
    if (live() && scroll.atEnd) setAtEnd(true);
    else if (left || !live()) setAtEnd(false);
    if (scroll.nearTop && !up() && hasOlder(props.room)) void load(page);
    if (!live() && scroll.nearBottom) down();
  };
  const place = () => {
    const divider = log.querySelector('.divider');
    if (divider === null) log.scrollTop = log.scrollHeight;
    else scroll.toElement(divider);
    setAtEnd(scroll.atEnd);
    setPlaced(true);
  };
  const toNewest = () => {
    newest();
    setAtEnd(true);
    scroll.toEnd();
  };

  onMount(() => {
    scroll = new Scroll(log);
    const observer = new ResizeObserver(() => placed() && atEnd() && scroll.toEnd());
    observer.observe(log);
    onCleanup(() => observer.disconnect());
    // Enough to see where the unread ones begin, within what the server gives at once.
    if (props.room.messages.length === 0) void load(Math.min(Math.max(page, count() + 10), client.workspace.limits().history));
  });
  // mapArray reuses its array, so the first line is remembered rather than the lines.
  createComputed<Line | undefined>((before) => {
    const first = lines()[0];
    if (first !== before && untrack(() => placed() && !atEnd())) scroll.capture();
    return first;
  });
  createEffect(on(lines, (lines) => {
    if (!placed() && lines.length > 0) place();
    else if (atEnd()) scroll.toEnd();
    else scroll.restore();
  }));
  // A tall screen, a reader who waits at the top, or a hole after a long absence: fetch on until there is enough above.
  // The log is measured only after a page came and while it may be short, not at each message.
  const short = createMemo(() => hasOlder(props.room) && lines().length < page);
  createEffect(() => placed() && !loading() && (short(), untrack(look)));
  // Computed, not an effect: what is read at once should not be painted as unread first.
  createComputed(() => attentive() && count() > 0 && client.read(props.room.id));
  // One's own message is always wanted in sight.
  createEffect(on(() => client.outbox.entries().length, (now, before = 0) => now > before && toNewest(), { defer: true }));

  return (
    <div class="log-place">
      <div ref={log} class="log" role="log" data-testid="log" tabindex="0" aria-label={t().messagesIn(titleOf(props.room))}
        aria-live={placed() && !loading() ? 'polite' : 'off'} aria-busy={loading()} onScroll={look}>
        <div class="lines">
          <Show when={!hasOlder(props.room)} fallback={<p class="log-note">{loading() ? t().loading : ''}</p>}>
            <p class="log-note beginning">{lines().length === 0 ? t().emptyRoom : t().beginning(titleOf(props.room))}</p>
          </Show>
          <For each={lines()}>
            {(line) => (
              <MessageRow row={line.row} previous={line.previous()} divided={isDivided(line)} unfolded={unfolded().has(line.row.seq!)}
                unfold={() => setUnfolded(new Set(unfolded()).add(line.row.seq!))} act={() => setActing({ seq: line.row.seq!, from: line.row.from })} />
            )}
          </For>
        </div>
      </div>
      <Show when={acting()} keyed>
        {({ seq, from }) => <Suspense><MessageActs room={props.room.id} seq={seq} from={from} close={() => setActing(null)} /></Suspense>}
      </Show>
      <Show when={placed() && !(atEnd() && live())}>
        <button class="pill" type="button" data-testid="latest" classList={{ fresh: count() > 0 }} onClick={toNewest}>
          {count() > 0 ? t().newMessagesBelow : t().latest}<DownIcon />
        </button>
      </Show>
    </div>
  );
}
