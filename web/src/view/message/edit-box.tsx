import { createEffect, onMount } from 'solid-js';
import { byteLength, cleanBody } from '../../model/body';
import { splitBehind } from '../../model/file-lines';
import { focusComposer } from '../composer/focus';
import { useApp } from '../context';
import { createEnter } from '../create-enter';
import { useMessageWords } from '../use-message-words';
import type { Subject } from './message-acts';

/** Changes a message where it stands. What is typed is kept as drafts are, until the server has it. */
export default function EditBox(props: Subject) {
  const { client, t } = useApp();
  const words = useMessageWords();
  const { conversation, messages } = client;
  // The room and the message stay the same for as long as the box is open.
  const { id } = props.room;
  const seq = props.row.seq!;
  const text = () => conversation.editing(id)?.text ?? '';
  /** With the files that are behind it, which stay. */
  const whole = (typed: string) => [cleanBody(typed), splitBehind(props.row.body ?? '').files].filter((part) => part !== '').join('\n');
  const isSendable = () => {
    const body = whole(text());
    return body !== '' && byteLength(body) <= client.workspace.limits().body;
  };
  let area!: HTMLTextAreaElement;
  // In a thread one goes on in the thread.
  let beside: HTMLElement | null = null;
  const leave = () => (beside === null ? focusComposer() : beside.focus());
  const cancel = () => {
    conversation.endEdit(id);
    leave();
  };
  const save = async () => {
    if (!isSendable()) return;
    const typed = text();
    const body = whole(typed);
    if (body === props.row.body) return cancel();
    conversation.hideEdit(id);
    leave();
    const answer = await messages.edit(id, seq, body);
    if (answer.op === 'ok') conversation.edited(id, seq, typed);
    // Taken back: what was written is there to be tried again, at once or, if another edit was begun meanwhile, when this one is again.
    else if (answer.code !== 'identity_changed' && conversation.editing(id) === null) conversation.edit(id, seq, typed);
  };
  const enter = createEnter(() => void save());
  const key = (event: KeyboardEvent) => {
    enter.keyDown(event);
    // The row moves by the same keys, and whoever cancels closes nothing else.
    event.stopPropagation();
    if (event.key === 'Escape' && !event.isComposing) cancel();
  };
  onMount(() => {
    beside = area.closest('.pane')?.querySelector<HTMLElement>('.composer textarea') ?? null;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    area.scrollIntoView({ block: 'nearest' });
  });
  createEffect(() => {
    text();
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  });
  return (
    <form class="edit-box" data-testid="edit-box" onSubmit={(event) => (event.preventDefault(), void save())}>
      <textarea ref={area} rows="1" data-testid="edit-text" aria-label={words().editing} value={text()} enterkeyhint="send"
        onInput={(event) => conversation.edit(id, seq, event.currentTarget.value)} onKeyDown={key} onCompositionEnd={enter.compositionEnd} />
      <div class="edit-actions">
        <span class="edit-hint">{words().editHint}</span>
        <button class="quiet" type="button" data-testid="edit-cancel" onClick={cancel}>{t().cancel}</button>
        <button class="primary" type="submit" data-testid="edit-save" disabled={!isSendable()}>{words().saveEdit}</button>
      </div>
    </form>
  );
}
