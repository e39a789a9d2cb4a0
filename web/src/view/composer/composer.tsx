import { createEffect, createMemo, createSignal, on, onMount, Show } from 'solid-js';
import { byteLength, cleanBody } from '../../model/body';
import { moderates, silence } from '../../model/rights';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createEnter } from '../create-enter';
import { createAsking } from '../dialogs/answer';
import { SendIcon } from '../icons';
import { createWait } from './create-wait';
import { Draft } from './drafts';
import { focusComposer } from './focus';
import { NameDialog } from './name-dialog';

/** The counter appears when this part of the limit is used. */
const nearLimit = 0.9;

export function Composer(props: { room: Room }) {
  const { client, dates, keys, t, titleOf } = useApp();
  const draft = new Draft(keys, props.room.id);
  const [text, setText] = createSignal(draft.load());
  const [naming, setNaming] = createSignal(false);
  const asking = createAsking();
  const limit = () => client.workspace.limits().body;
  const bytes = createMemo(() => byteLength(cleanBody(text())));
  const you = () => client.workspace.you();
  const muted = createWait(() => props.room.mutedUntil);
  const hushed = createMemo(() => silence(props.room, you(), (user) => client.workspace.blocks.has(user), muted() > 0 ? Date.now() : Infinity));
  const mutedNote = () => (props.room.mutedUntil === Infinity ? t().mutedNote : t().mutedUntil(dates().short(props.room.mutedUntil)));
  const notes = () => ({ archived: t().archivedNote, muted: mutedNote(), announcements: t().announcementsNote, blocked: t().blockedNote });
  const isSlow = () => props.room.slow !== undefined && !moderates(props.room, you());
  const wait = createWait(() => (isSlow() ? client.pace.next(props.room.id) : 0));
  const sendable = () => bytes() > 0 && bytes() <= limit() && !asking.busy() && wait() === 0 && hushed() === null;
  let area!: HTMLTextAreaElement;

  const change = (value: string) => {
    setText(value);
    draft.save(value);
  };
  const post = async () => {
    const body = cleanBody(text());
    const sent = await asking.ask(async () => (await client.post(props.room.id, body)) ?? { op: 'queued' as const });
    if (sent) change('');
    area.focus();
  };
  const submit = () => {
    if (!sendable()) return;
    if (client.workspace.you()?.id === null) setNaming(true);
    else void post();
  };
  const named = () => {
    setNaming(false);
    void post();
  };
  const cancel = () => {
    setNaming(false);
    area.focus();
  };
  const enter = createEnter(submit);

  onMount(focusComposer);
  createEffect(on(text, () => {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }));

  return (
    <div class="composer-place">
      <Show when={naming()}><NameDialog named={named} cancel={cancel} /></Show>
      <Show when={asking.error()}>{(words) => <p class="wrong" role="alert">{words()}</p>}</Show>
      <Show when={bytes() > limit() * nearLimit}>
        <span class="counter" data-testid="counter" role="status" classList={{ wrong: bytes() > limit() }}>
          {bytes() > limit() ? t().bytesOver(bytes() - limit()) : t().bytesLeft(limit() - bytes())}
        </span>
      </Show>
      <Show when={isSlow()}>
        <p class="slow-note" data-testid="slow-note">{wait() > 0 ? t().slowWait(dates().span(wait())) : t().slowNote(dates().span(props.room.slow! * 1_000))}</p>
      </Show>
      <Show when={hushed()}>{(why) => <p class="hushed" role="status" data-testid="hushed">{notes()[why()]}</p>}</Show>
      {/* Hidden, not gone: what was typed comes back with the right to send it. */}
      <form class="composer" hidden={hushed() !== null} onSubmit={(event) => (event.preventDefault(), submit())}>
        <textarea ref={area} rows="1" data-testid="composer" enterkeyhint="send" aria-label={t().composer(titleOf(props.room))}
          placeholder={t().composer(`${props.room.kind === 'direct' ? '' : '#'}${titleOf(props.room)}`)}
          value={text()} readOnly={asking.busy()} onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={enter.keyDown} onCompositionEnd={enter.compositionEnd} />
        <button class="send" type="submit" data-testid="send" aria-label={t().send} title={t().send} disabled={!sendable()}>
          <SendIcon />
        </button>
      </form>
    </div>
  );
}
