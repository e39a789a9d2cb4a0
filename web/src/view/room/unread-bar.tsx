import { createSignal, onMount, Show } from 'solid-js';
import { firstFrom } from '../../model/messages';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { CloseIcon, UpIcon } from '../icons';

/** Above the log, while messages lie out of sight there that are new since somebody was here last. */
export function UnreadBar(props: { room: Room; after: number; count: number; jump: () => void; read: () => void }) {
  const { client, dates, t } = useApp();
  const [since, setSince] = createSignal<number>();
  const isToday = (ts: number) => new Date(ts).toDateString() === new Date().toDateString();
  const time = (ts: number) => (isToday(ts) ? dates().time(ts) : dates().short(ts));
  // Where there are many, the first of them is not held: it is asked for its time.
  onMount(async () => {
    const { id, messages, floor } = props.room;
    if (floor <= props.after + 1) return setSince(messages[firstFrom(messages, props.after + 1)]?.ts);
    const answer = await client.questions.history(id, { after: props.after }, 1);
    if (answer.op === 'history') setSince(answer.messages[0]?.ts);
  });
  return (
    <div class="unread-bar" role="region" aria-label={t().newMessages} data-testid="unread-bar">
      <button type="button" data-testid="unread-jump" onClick={() => props.jump()}>
        <UpIcon /><Show when={since()} fallback={t().newCount(props.count)}>{(ts) => t().newSince(props.count, time(ts()))}</Show>
      </button>
      <button type="button" data-testid="mark-read" title={t().markRead} onClick={() => props.read()}><span>{t().markRead}</span><CloseIcon /></button>
    </div>
  );
}
