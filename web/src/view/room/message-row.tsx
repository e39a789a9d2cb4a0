import { createMemo, createSignal, onCleanup, Show, Suspense } from 'solid-js';
import { foreseen } from '../../model/pending-act';
import { startsDay, startsGroup } from '../../model/grouping';
import { plainText } from '../../model/plain-text';
import type { Room } from '../../model/room';
import type { Replies } from '../../model/thread';
import { useApp } from '../context';
import { PinIcon } from '../icons';
import { createMessageActs } from '../message/message-acts';
import { Quote } from '../message/quote';
import { Reactions } from '../message/reactions';
import { RefusedAct } from '../message/refused-act';
import { RepliesBelow } from '../message/replies';
import { part } from '../part';
import { ReadMark } from '../people/read-mark';
import { Author, AuthorAvatar } from './author';
import { Body } from './body';
import { Failure } from './failure';
import { createLongPress } from './long-press';
import { moveAmongRows } from './roving';
import { rowState, type Row } from './row';

const Toolbar = part(() => import('../message/toolbar'));
const Menu = part(() => import('../message/menu'));
const Picker = part(() => import('../message/picker'));
const EditBox = part(() => import('../message/edit-box'));

/** Characters of a message that are its name to who hears it; the rest is there to be read. */
const heard = 1_000;
/** Milliseconds for which “copied” is said. */
const noteTime = 2_000;

export interface MessageRowProps {
  readonly room: Room;
  readonly row: Row;
  readonly previous: Row | undefined;
  /** The first one that is unread. */
  readonly divided: boolean;
  /** Whether it is to be seen although its author is blocked. */
  readonly unfolded: boolean;
  readonly unfold: () => void;
  /** Asks what there is to do about it and who wrote it: reporting, blocking. */
  readonly act: () => void;
  /** How many answer it, where that is said. */
  readonly replies?: Replies | undefined;
  /** Among the messages of its thread: the thread itself is neither offered nor quoted. */
  readonly isInThread?: boolean;
}

export function MessageRow(props: MessageRowProps) {
  const { client, dates, t } = useApp();
  const { conversation, deletions, messages, workspace } = client;
  // A line stays in its room. Asked for again, it would wake all lines at each event, which makes the room another value.
  const { id } = props.room;
  const seq = () => props.row.seq;
  const row = createMemo<Row>(() => (seq() === undefined ? props.row : foreseen(props.row, messages.pending.of(id, seq()!))));
  const acts = createMessageActs({ get room() { return props.room; }, get row() { return row(); }, get isInThread() { return props.isInThread ?? false; } });
  const begins = () => props.divided || startsDay(props.previous, props.row);
  const quotes = () => props.row.replyTo !== undefined && !(props.isInThread && props.row.replyTo === props.row.thread);
  const isFirstReply = () => props.isInThread === true && props.previous?.seq === props.row.thread;
  const group = createMemo(() => props.divided || quotes() || isFirstReply() || startsGroup(props.previous, props.row));
  const name = () => workspace.names.of(props.row.from);
  const state = () => rowState(props.row);
  const isMine = () => workspace.isMe(props.row.from.id);
  const isHidden = () => !props.unfolded && workspace.blocks.has(props.row.from.id);
  const isGoing = () => seq() !== undefined && deletions.has(id, seq()!);
  const isEditing = createMemo(() => seq() !== undefined && conversation.isEditing(id, seq()!, props.isInThread ?? false));
  const isThere = () => !isGoing() && !isEditing();
  const isNoted = () => row().edited !== undefined || row().pinned;
  const hasBelow = () => row().reactions !== undefined || props.replies !== undefined || state() === 'failed' || (seq() !== undefined && messages.pending.refused(id, seq()!) !== undefined);
  const isRead = () => isMine() && !props.isInThread;
  const callsMe = createMemo(() => !isMine() && row().body !== undefined && client.people.namesMe(row().body!));
  // Of one's own there is nothing left to do once it is gone.
  const actable = () => seq() !== undefined && !isEditing() && !(isMine() && row().body === undefined);
  const isOpen = () => actable() && !isGoing();
  const label = () => t().messageBy(name(), dates().time(props.row.ts), row().body === undefined ? (row().deleted === undefined ? t().erased : t().deleted) : plainText(row().body!, heard));

  const [hovered, setHovered] = createSignal(false);
  const [within, setWithin] = createSignal(false);
  const [popup, setPopup] = createSignal<'menu' | 'picker' | null>(null);
  const [copied, setCopied] = createSignal(false);
  const attended = () => hovered() || within() || popup() !== null;
  const isAsked = () => popup() !== null || copied();
  let element!: HTMLDivElement;
  let tools!: HTMLDivElement;
  let goesIn = false;
  const enterTools = () => {
    goesIn = false;
    tools.querySelector<HTMLElement>('button')?.focus();
  };
  const sayCopied = () => {
    setCopied(true);
    const timer = setTimeout(() => setCopied(false), noteTime);
    onCleanup(() => clearTimeout(timer));
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== element) return void keyInTools(event);
    if (moveAmongRows(event)) return;
    if (event.key !== 'Enter' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    // The first toolbar has to be fetched: it is entered as soon as it is here.
    goesIn = true;
    if (tools.childElementCount > 1) enterTools();
  };
  const keyInTools = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      element.focus();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !tools.contains(event.target as Node)) return;
    event.preventDefault();
    const all = [...tools.querySelectorAll<HTMLElement>('button')];
    all[(all.indexOf(event.target as HTMLElement) + step + all.length) % all.length]?.focus();
  };
  const leave = (event: FocusEvent) => setWithin(element.contains(event.relatedTarget as Node | null));
  const press = createLongPress(() => actable() && setPopup('menu'));
  // A row that comes under a pointer at rest is not pointed at: in a log that goes on it would have its tools made, and the next one its own.
  const move = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') setHovered(true);
    press.move(event);
  };
  const time = () => (
    <time dateTime={new Date(props.row.ts).toISOString()} title={attended() ? dates().full(props.row.ts) : undefined}>{dates().time(props.row.ts)}</time>
  );
  const removed = () => (
    <p class="going" role="status" data-testid="going">
      {t().willBeDeleted} <button class="link" type="button" tabindex="-1" data-testid="undo-delete" onClick={() => deletions.undo(id, seq()!)}>{t().undo}</button>
    </p>
  );
  const gone = () => (row().deleted === undefined ? t().erased : t().deleted);
  // Conditions rather than `Show`, which makes twice as many computations, and one for what most lines have none of: a room that opens makes
  // a hundred lines, and all of this for each.
  return (
    <div class="line">
      {begins() && (
        <>
          <Show when={startsDay(props.previous, props.row)}><div class="day" role="separator"><span>{dates().day(props.row.ts)}</span></div></Show>
          <Show when={props.divided}><div class="divider" role="separator" data-testid="divider"><span>{t().newMessages}</span></div></Show>
        </>
      )}
      {isHidden() ? (
        <div class="message folded" data-testid="folded" data-seq={props.row.seq} tabindex="-1" onKeyDown={moveAmongRows}>
          <span>{t().hidden}</span><button class="link" type="button" data-testid="unfold" onClick={() => props.unfold()}>{t().show}</button>
        </div>
      ) : (
        <div ref={element} class="message" classList={{ head: group(), called: callsMe(), pending: state() === 'pending', failed: state() === 'failed', attended: attended(), editing: isEditing(), noted: copied() }}
          role="article" tabindex="-1" aria-label={label()} data-testid="message" data-seq={props.row.seq} data-state={state()}
          onPointerLeave={() => setHovered(false)}
          onFocusIn={() => setWithin(true)} onFocusOut={leave} onKeyDown={key}
          onPointerDown={press.down} onPointerMove={move} onPointerUp={press.stop} onPointerCancel={press.stop} onContextMenu={press.menu}>
          <div class="gutter">{group() ? <AuthorAvatar user={props.row.from} /> : time()}</div>
          <div class="content">
            {group() && (
              <>
                <Show when={quotes()}><Quote room={id} seq={props.row.replyTo!} /></Show>
                <div class="byline"><Author user={props.row.from} />{time()}</div>
              </>
            )}
            {isThere() ? (
              <div class="body" data-testid="body" classList={{ erased: row().body === undefined }}>
                {row().body === undefined ? gone() : <Body text={row().body!} />}
                {isNoted() && (
                  <>
                    <Show when={row().edited !== undefined && row().body !== undefined}>
                      <small class="edited" title={t().editedAt(dates().full(row().edited!))}> {t().edited}</small>
                    </Show>
                    <Show when={row().pinned}><small class="pinned"> <PinIcon />{t().pinned}</small></Show>
                  </>
                )}
              </div>
            ) : isGoing() ? removed() : <Suspense><EditBox room={props.room} row={row()} /></Suspense>}
            {hasBelow() && (
              <>
                <Show when={!isGoing()}>
                  <Show when={row().reactions}>
                    {(reactions) => <Reactions reactions={reactions()} mayReact={acts.rights().react} toggle={(emoji) => acts.react(emoji)} pick={() => setPopup('picker')} />}
                  </Show>
                  <RepliesBelow replies={props.replies} open={() => acts.openThread()} />
                </Show>
                <Show when={seq() !== undefined}><RefusedAct room={id} seq={seq()!} /></Show>
                <Show when={state() === 'failed' && props.row.entry}>
                  {(entry) => <Failure entry={entry()} />}
                </Show>
              </>
            )}
          </div>
          {isRead() && <ReadMark seq={props.row.seq} />}
          {isOpen() && (
            <div ref={tools} class="message-tools" role="toolbar" aria-label={t().messageMenu}>
              {attended() && (
                <Suspense><Toolbar acts={acts} isInThread={props.isInThread ?? false} pick={() => setPopup('picker')} ready={() => goesIn && enterTools()} /></Suspense>
              )}
              <button class="tool more" type="button" tabindex="-1" data-testid="message-acts" aria-label={t().messageMenu} title={t().messageMenu} aria-haspopup="menu"
                onClick={() => setPopup('menu')}><span aria-hidden="true">⋯</span></button>
            </div>
          )}
          {isAsked() && (
            <>
              <Show when={isOpen() && popup()}>
                <Suspense>
                  <Show when={popup() === 'menu'}>
                    <Menu acts={acts} anchor={tools} author={props.row.from} isMine={isMine()} isPinned={row().pinned ?? false} isThere={row().body !== undefined} isInThread={props.isInThread ?? false}
                      pick={() => setPopup('picker')} about={() => props.act()} copied={sayCopied} close={() => setPopup(null)} />
                  </Show>
                  <Show when={popup() === 'picker'}>
                    <Picker anchor={tools} pick={(emoji) => acts.react(emoji, true)} close={() => setPopup(null)} />
                  </Show>
                </Suspense>
              </Show>
              <Show when={copied()}><span class="copied" role="status" data-testid="copied">{t().copied}</span></Show>
            </>
          )}
        </div>
      )}
    </div>
  );
}
