import { createComputed, createEffect, createMemo, createSignal, mapArray, on, onCleanup, onMount, Show, Suspense, untrack } from 'solid-js';
import { createVisibility } from '../../browser/visibility';
import type { Found } from '../../client/history';
import { shownRun } from '../../model/excerpt';
import { hasOlderShown } from '../../model/log';
import { find } from '../../model/messages';
import { unread, type Room } from '../../model/room';
import { allHeld, countReplies, type RepliesByRoot } from '../../model/thread';
import { mounted } from '../../model/window';
import { useApp } from '../context';
import { DownIcon } from '../icons';
import { part } from '../part';
import type { Target } from '../route';
import { copyMessages } from './copy-messages';
import { createDivider } from './create-divider';
import type { Line } from './create-lines';
import { createRows } from './create-rows';
import { mark } from './mark';
import { MessageRow } from './message-row';
import { MissingRoom } from './missing-room';
import { Refused } from './refused';
import { keepOneStop } from './roving';
import type { Row } from './row';
import { Scroll } from './scroll';
import { UnreadBar } from './unread-bar';

const MessageActs = part(() => import('../details/message-acts'));

/** Posts asked for at once. */
const page = 50;

export function MessageLog(props: { room: Room }) {
  const { client, dates, panes, route, t, titleOf } = useApp();
  const visible = createVisibility();
  const room = () => props.room;
  const [placed, setPlaced] = createSignal(false);
  const [atEnd, setAtEnd] = createSignal(true);
  const [loads, setLoads] = createSignal(0);
  const loading = createMemo(() => loads() > 0);
  const [day, setDay] = createSignal<number | null>(null);
  const [above, setAbove] = createSignal(false);
  const [refused, setRefused] = createSignal<string | null>(null);
  /** A page was refused: no other is asked for until somebody says so, or a connection begins. */
  const [unfetched, setUnfetched] = createSignal(false);
  /** How many lines are in sight at most, and how many are enough for a log that is followed at its end. */
  let [screenful, enough] = [Infinity, Infinity];
  /** Whether a line has somebody's hands on it: it is not taken away from under them. */
  const isAttended = () => client.conversation.editing(props.room.id) !== null || (document.activeElement !== log && log.contains(document.activeElement));
  const { lines, coming, live, above: unmounted, pouring, up, down, newest, show } = createRows(room, atEnd, () => (isAttended() ? Infinity : screenful), () => (isAttended() ? Infinity : enough));
  /** Whether there are more lines above the mounted ones, here or on the server. */
  const more = () => unmounted() > 0 || hasOlderShown(props.room);
  const following = createMemo(() => placed() && atEnd() && live());
  // What an earlier page held is on the screen at once; what was said since is news to whoever opens the page.
  const stale = createMemo(() => client.workspace.isStale(props.room.id));
  const attentive = createMemo(() => following() && visible() && !stale());
  const divider = createDivider(room, attentive);
  const count = createMemo(() => unread(props.room));
  // Of rows, but held above them.
  const [acting, setActing] = createSignal<Pick<Row, 'from'> & { readonly seq: number } | null>(null);
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<number>>(new Set());
  const replies = createMemo<RepliesByRoot>((before) => countReplies(allHeld(props.room), client.replyCounts.in(props.room.id), before));
  const said = (seq: number) => {
    const message = find(shownRun(props.room).messages, seq);
    return message?.body === undefined ? null : { author: client.workspace.names.of(message.from), time: dates().time(message.ts), text: message.body };
  };
  let log!: HTMLDivElement;
  let content!: HTMLDivElement;
  let scroll!: Scroll;
  let bringing = false;
  let isHere = true;
  onCleanup(() => (isHere = false));
  /** The divider that was in sight. */
  let found = Infinity;
  /** What the reader has before them; null at the end, and while other lines are meant to be there. */
  let reading: { readonly seq: number; readonly top: number } | null = null;

  const isDivided = ({ row, previous }: Line) => {
    const seq = row().seq;
    const after = divider.after();
    const before = previous()?.seq ?? (hasOlderShown(props.room) ? Infinity : 0);
    return seq !== undefined && seq > after && before <= after;
  };
  const load = async (page: () => Promise<unknown>) => {
    setLoads((loads) => loads + 1);
    await page();
    // Off until the lines are there: a reader should hear what is said now, not what was said last week.
    requestAnimationFrame(() => setLoads((loads) => loads - 1));
  };
  // What was asked for in another's name says nothing about this one's.
  const fetch = (page: () => Promise<string | null>) => load(async () => {
    const code = await page();
    setUnfetched(code !== null && code !== 'identity_changed');
  });
  const older = (limit: number) => fetch(() => client.history.older(props.room.id, limit));
  const look = () => {
    // While messages pour in, each moves a log that follows them: there is nothing to see to.
    if (following() && scroll.atEnd && (pouring() || !scroll.nearTop)) return void scroll.movedUp();
    // What is there until the message comes is not where the reader went.
    if (bringing || bringBack()) return;
    // Whatever changed since the last look is mended before the reader's own move is looked at.
    scroll.restore(more());
    const left = scroll.movedUp();
    if (live() && scroll.atEnd) setAtEnd(true);
    else if (left || !live()) setAtEnd(false);
    notice();
    if (unfetched()) return;
    const count = scroll.isUrgent ? mounted.many : mounted.few;
    // What goes on above the reader makes no scrolling: whether it is enough is looked at with the next frame.
    if (scroll.nearTop && up(count)) requestAnimationFrame(() => isHere && look());
    if (scroll.nearBottom && !live() && !down(count) && props.room.excerpt !== null && !loading()) void fetch(() => client.history.newer(props.room.id, page));
    if (scroll.nearTop && unmounted() < page && hasOlderShown(props.room) && !loading()) void older(page);
  };
  /** Sees what is in sight now. */
  const notice = () => {
    reading = scroll.first;
    const at = reading === null ? -1 : lines().findIndex((line) => line.row().seq === reading!.seq);
    const line = lines()[at];
    setDay(line === undefined || scroll.saysDay ? null : line.row().ts);
    const after = divider.after();
    const isAbove = line !== undefined && (line.previous()?.seq ?? (hasOlderShown(props.room) ? Infinity : 0)) > after;
    // The first new one, once it was in sight, need not be told of any more.
    if (line !== undefined && !isAbove) found = after;
    setAbove(isAbove && found !== after);
  };
  const toEnd = () => {
    reading = null;
    scroll.toEnd();
  };
  const settle = () => (following() ? toEnd() : placed() && scroll.restore(more()));
  const place = () => {
    const beginning = log.querySelector('.divider');
    if (beginning === null) toEnd();
    else scroll.toElement(beginning);
    scroll.hold();
    setAtEnd(scroll.atEnd);
    setPlaced(true);
    notice();
  };
  const toNewest = () => {
    reading = null;
    newest();
    setAtEnd(true);
    toEnd();
  };
  /** Brings a message into sight, from wherever it is; the code of what is in the way, or null. `meant` says whether it still is. */
  const bring = async (find: (wanted: () => boolean) => Promise<Found>, meant: () => boolean, place: (element: HTMLElement) => void) => {
    const wanted = () => isHere && meant();
    let answer!: Found;
    bringing = true;
    await load(async () => {
      answer = await find(wanted);
      bringing = false;
      if (answer.code !== undefined || !wanted()) return;
      reading = null;
      setAtEnd(false);
      show(answer.seq);
      place(log.querySelector<HTMLElement>(`[data-seq="${answer.seq}"]`)!);
      setPlaced(true);
      notice();
    });
    if (isHere && !placed()) open();
    return answer;
  };
  const jump = async (target: Target) => {
    setRefused(null);
    const { room, seq, top } = target;
    if (seq === 'newest') return placed() ? toNewest() : open();
    const wanted = () => route.target() === target;
    const { code } = await bring((wanted) => client.history.around(room, seq, wanted), wanted, (element) => {
      scroll.toElement(element, top);
      if (top !== undefined) return; // on the way back, where it stood
      mark(element);
      (element.tabIndex >= 0 ? element : log).focus({ preventScroll: true });
    });
    if (wanted()) setRefused(code ?? null);
  };
  const jumpToUnread = () => void bring((wanted) => client.history.after(props.room.id, divider.after(), wanted), () => true, (element) => {
    scroll.toElement(element.closest('.line')!.querySelector('.divider') ?? element);
    log.focus({ preventScroll: true });
  });
  const markRead = () => {
    client.read(props.room.id);
    divider.remove();
    log.focus({ preventScroll: true });
  };
  const isLost = () => reading !== null && [props.room.messages, props.room.excerpt?.messages ?? []].every((held) => find(held, reading!.seq) === undefined);
  /** Whether what was read was let go of (see `partial`), whatever came in its place: then it is fetched again. */
  const bringBack = () => {
    const was = reading;
    if (was === null || following() || !isLost()) return false;
    void bring((wanted) => client.history.around(props.room.id, was.seq, wanted), () => reading === was, (element) => scroll.toElement(element, was.top)).then(({ code }) => {
      if (code === undefined || reading !== was || !isHere) return;
      reading = null;
      look();
    });
    return true;
  };
  // Enough to see where the unread ones begin, within what the server gives at once.
  const open = () => {
    if (lines().length > 0) place();
    else void older(Math.min(Math.max(page, count() + 10), client.workspace.limits().history));
  };
  const again = () => {
    setUnfetched(false);
    if (placed()) look();
    else open();
  };

  onMount(() => {
    scroll = new Scroll(log, content);
    keepOneStop(log);
    copyMessages(log, said);
    // Before the next paint, however many lines came, whatever became higher late, and whoever made the log smaller.
    const observer = new ResizeObserver(() => {
      ({ screenful, enough } = scroll);
      settle();
    });
    observer.observe(log);
    observer.observe(content);
    onCleanup(() => observer.disconnect());
    if (route.target() === null) open();
    route.whereabouts(() => (following() || reading === null ? { seq: 'newest' } : reading));
  });
  createEffect(() => {
    const target = route.target();
    if (target?.room === untrack(room).id) untrack(() => void jump(target));
  });
  createEffect(on(lines, (lines, before) => {
    if (!placed()) lines.length > 0 && !bringing && place();
    // Lines may go and others come without a change of height.
    else if ((bringing || !bringBack()) && lines[0] !== before?.[0]) settle();
    return lines;
  }));
  createEffect(on(pouring, (pouring) => pouring || look(), { defer: true }));
  createEffect(on(divider.after, () => placed() && (bringing || bringBack() || notice()), { defer: true }));
  createEffect(on(stale, (now, before) => before === true && !now && placed() && untrack(atEnd) && place()));
  // A tall screen, a reader who waits at the top, or a hole after a long absence: fetch on until there is enough above.
  // The log is measured only after a page came and while it may be short, not at each message.
  const short = createMemo(() => hasOlderShown(props.room) && lines().length < page);
  createEffect(() => placed() && !loading() && (short(), untrack(look)));
  // Computed, not an effect: what is read at once should not be painted as unread first.
  createComputed(() => attentive() && count() > 0 && client.read(props.room.id));
  createEffect(on(panes.newest, toNewest, { defer: true }));
  createEffect(on(() => client.status() === 'online', (online) => online && unfetched() && again(), { defer: true }));
  // One's own message is always wanted in sight, where it was written.
  createEffect(on(client.outbox.entries, (now, before = []) => {
    const last = now.at(-1);
    const pane = client.conversation.pane();
    const isInPane = pane?.kind === 'thread' && pane.room === props.room.id && pane.root === last?.replyTo;
    if (now.length > before.length && last!.room === props.room.id && !isInPane) toNewest();
    return now;
  }, { defer: true }));

  const elements = createMemo(mapArray(() => [...lines(), ...coming()], (line) => (
    <MessageRow room={props.room} replies={replies().get(line.row().seq!)} row={line.row()} previous={line.previous()} divided={isDivided(line)} unfolded={unfolded().has(line.row().seq!)}
      unfold={() => setUnfolded(new Set(unfolded()).add(line.row().seq!))} act={() => setActing({ seq: line.row().seq!, from: line.row().from })} />
  )));
  // Not until they change: what is made for later stands behind them.
  const shownElements = createMemo(() => elements().slice(0, lines().length), [], { equals: (a, b) => a.length === b.length && a.every((element, at) => element === b[at]) });
  return (
    <div class="log-place">
      <div ref={log} class="log" role="log" data-testid="log" tabindex="0" aria-label={t().messagesIn(titleOf(props.room))}
        aria-live={following() && !loading() ? 'polite' : 'off'} aria-busy={loading()} onScroll={look}>
        <div ref={content} class="lines">
          <Show when={!hasOlderShown(props.room)} fallback={<p class="log-note">{loading() ? t().loading : ''}</p>}>
            <p class="log-note beginning">{lines().length === 0 ? t().emptyRoom : t().beginning(titleOf(props.room))}</p>
          </Show>
          {shownElements()}
        </div>
      </div>
      <Show when={acting()} keyed>
        {({ seq, from }) => <Suspense><MessageActs room={props.room.id} seq={seq} from={from} close={() => setActing(null)} /></Suspense>}
      </Show>
      <div class="log-top">
        <Show when={client.status() === 'online' && route.missing()} keyed>{(wanted) => <MissingRoom wanted={wanted} close={() => route.open(props.room.id)} />}</Show>
        <Show when={unfetched()}>
          <p class="log-refused" role="alert" data-testid="history-refused">{t().unfetched}<button class="link" type="button" onClick={again}>{t().again}</button></p>
        </Show>
        <Show when={refused()}>{(code) => <Refused code={code()} close={() => setRefused(null)} />}</Show>
        <Show when={above() && divider.after() < Infinity && divider.count() > 0}>
          <UnreadBar room={props.room} after={divider.after()} count={divider.count()} jump={jumpToUnread} read={markRead} />
        </Show>
        {/* Said to those who see it only: a reader hears the separators themselves. */}
        <Show when={!following() && day()}>{(ts) => <p class="day-in-sight" aria-hidden="true" data-testid="day-in-sight">{dates().day(ts())}</p>}</Show>
      </div>
      <Show when={placed() && !following()}>
        <button class="pill" type="button" data-testid="latest" classList={{ fresh: count() > 0 }} onClick={() => (toNewest(), log.focus({ preventScroll: true }))}>
          {count() > 0 ? t().newCount(count()) : t().latest}<DownIcon />
        </button>
      </Show>
    </div>
  );
}
