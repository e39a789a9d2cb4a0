import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import { byteLength, cleanBody } from '../../model/body';
import { withFiles } from '../../model/file-link';
import { keepsOrder, silence } from '../../model/rights';
import type { Room } from '../../model/room';
import type { Message } from '../../wire/types';
import { readTyped, type Typed } from '../../model/writing/slash';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { SendIcon } from '../icons';
import { editLast } from '../message/edit-last';
import { ReplyingTo } from '../message/replying-to';
import { Attach, Attached } from './attachments/attach';
import { createAttaching } from './attachments/create-attaching';
import { createCommands } from './create-commands';
import { createWait } from './create-wait';
import { focusComposer } from './focus';
import { NameDialog } from './name-dialog';
import { WritingArea } from './writing-area';

/** The counter appears when this part of the limit is used. */
const nearLimit = 0.9;

/** @param props.thread The seq of the message that a thread began with, where all that is written answers it; `props.said` is what was said in it. */
export function Composer(props: { room: Room; thread?: number; said?: readonly Message[] }) {
  const { client, dates, t, titleOf } = useApp();
  const [text, setText] = createSignal(client.drafts.load(props.room.id, props.thread));
  createEffect(on(client.drafts.forgotten, () => setText(client.drafts.load(props.room.id, props.thread)), { defer: true }));
  const [naming, setNaming] = createSignal(false);
  const asking = createAsking();
  const commands = createCommands(() => props.room);
  const limit = () => client.workspace.limits().body;
  const attaching = createAttaching(props.room.id, props.thread, () => submit());
  const whole = (body: string) => withFiles(body, attaching.done().map(({ markdown }) => markdown!));
  const bytes = createMemo(() => byteLength(whole(cleanBody(text()))));
  const you = () => client.workspace.you();
  const muted = createWait(() => props.room.mutedUntil);
  const hushed = createMemo(() => silence(props.room, you(), (user) => client.workspace.blocks.has(user), muted() > 0 ? Date.now() : Infinity));
  const mutedNote = () => (props.room.mutedUntil === Infinity ? t().mutedNote : t().mutedUntil(dates().short(props.room.mutedUntil)));
  const notes = () => ({ archived: t().archivedNote, muted: mutedNote(), announcements: t().announcementsNote, blocked: t().blockedNote });
  const isSlow = () => props.room.slow !== undefined && !keepsOrder(props.room, you());
  const wait = createWait(() => (isSlow() ? client.pace.next(props.room.id) : 0));
  const busy = () => asking.busy() || commands.busy();
  const sendable = () => (bytes() > 0 || attaching.has()) && bytes() <= limit() && !busy() && wait() === 0 && hushed() === null;
  let area!: HTMLTextAreaElement;

  const change = (value: string) => {
    setText(value);
    commands.forget();
    client.drafts.save(props.room.id, value, props.thread);
    client.typing.changed(props.room.id, value);
  };
  const post = async (body: string) => {
    const files = attaching.done();
    const all = whole(body);
    if (all === '') return;
    const replyTo = props.thread ?? client.conversation.replying(props.room.id) ?? undefined;
    const sent = await asking.ask(async () => (await client.post(props.room.id, all, replyTo)) ?? { op: 'queued' as const });
    if (sent) {
      change('');
      client.typing.said(props.room.id);
      attaching.said(files);
      if (props.thread === undefined) client.conversation.reply(props.room.id, null);
    }
    // Whoever has gone on to something else meanwhile is not fetched back.
    const { activeElement } = document;
    if (activeElement === document.body || area.closest('.composer-place')!.contains(activeElement)) area.focus();
  };
  const carryOut = async (typed: Exclude<Typed, { kind: 'post' }>) => {
    const left = await commands.run(typed);
    if (left !== null) change(left);
    area.focus();
  };
  const go = (typed: Typed) => {
    if (typed.kind !== 'post') void carryOut(typed);
    else if (attaching.settle()) void post(typed.body);
  };
  const submit = () => {
    if (!sendable()) return;
    const typed = readTyped(cleanBody(text()));
    if (client.workspace.you()?.id === null && commands.needsName(typed)) setNaming(true);
    else go(typed);
  };
  const named = () => {
    setNaming(false);
    go(readTyped(cleanBody(text())));
  };
  const cancel = () => {
    setNaming(false);
    area.focus();
  };

  const words = () => (props.thread === undefined ? t().composer(titleOf(props.room)) : t().threadComposer);
  const editsLast = (event: KeyboardEvent) => {
    const edits = event.key === 'ArrowUp' && text() === '' && editLast(client, props.room.id, props.said);
    // A box that opens takes the focus by itself; this one may have been open.
    if (edits) document.querySelector<HTMLElement>(`${props.thread === undefined ? '.log' : '.pane-log'} .edit-box textarea`)?.focus();
    return edits;
  };
  /** Before it closes or reads anything: who lets a reply be should not answer by mistake later. */
  const letsReplyBe = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || props.thread !== undefined || client.conversation.replying(props.room.id) === null) return false;
    client.conversation.reply(props.room.id, null);
    return true;
  };

  onMount(() => props.thread === undefined && focusComposer());
  // The room and the thread stay the same for as long as the composer is there; its room may be gone by then.
  const { room: { id }, thread } = props;
  onCleanup(() => client.drafts.leave(id, thread));

  return (
    <div class="composer-place">
      <Show when={naming()}><NameDialog named={named} cancel={cancel} /></Show>
      <Show when={asking.error() ?? commands.trouble()}>{(words) => <p class="wrong" role="alert" data-testid="composer-wrong">{words()}</p>}</Show>
      <Show when={bytes() > limit() * nearLimit}>
        <span class="counter" data-testid="counter" role="status" classList={{ wrong: bytes() > limit() }}>
          {bytes() > limit() ? t().bytesOver(bytes() - limit()) : t().bytesLeft(limit() - bytes())}
        </span>
      </Show>
      <Show when={isSlow()}>
        <p class="slow-note" data-testid="slow-note">{wait() > 0 ? t().slowWait(dates().span(wait())) : t().slowNote(dates().span(props.room.slow! * 1_000))}</p>
      </Show>
      <Show when={props.thread === undefined}><ReplyingTo room={props.room.id} stopped={() => area.focus()} /></Show>
      <Show when={hushed()}>{(why) => <p class="hushed" role="status" data-testid="hushed">{notes()[why()]}</p>}</Show>
      <Attached room={props.room.id} thread={props.thread} attaching={attaching} />
      {/* Hidden, not gone: what was typed comes back with the right to send it. */}
      <form class="composer" hidden={hushed() !== null} onSubmit={(event) => (event.preventDefault(), submit())}>
        <Attach room={props.room} isInThread={props.thread !== undefined} attaching={attaching} disabled={hushed() !== null} />
        <WritingArea ref={(element) => (area = element)} room={props.room} text={text()} busy={busy()} change={change} submit={submit} take={(event) => letsReplyBe(event) || editsLast(event)} paste={attaching.paste}
          label={words()} placeholder={props.thread === undefined && props.room.kind !== 'direct' ? t().composer(`#${titleOf(props.room)}`) : words()} />
        <button class="send" type="submit" data-testid="send" aria-label={t().send} title={t().send} disabled={!sendable()}>
          <SendIcon />
        </button>
      </form>
    </div>
  );
}
