import { createSignal, Show } from 'solid-js';
import type { RoomId, User } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Dialog } from '../dialogs/dialog';
import { useRoomWords } from '../use-room-words';
import './details.css';

/** Bytes of UTF-8 that a reason may have; characters are at least as few. */
const longest = 1_000;

/** What there is to do about a message of somebody else, and about who wrote it. */
export default function MessageActs(props: { room: RoomId; seq: number; from: User; close: () => void }) {
  const { client } = useApp();
  const words = useRoomWords();
  const [reason, setReason] = createSignal('');
  const [reported, setReported] = createSignal(false);
  const reporting = createAsking();
  const blocking = createAsking();
  const name = () => client.workspace.names.of(props.from);
  const isBlocked = () => client.workspace.blocks.has(props.from.id);
  const isMine = () => client.workspace.isMe(props.from.id);
  const report = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await reporting.ask(() => client.messages.report(props.room, props.seq, reason().trim()))) setReported(true);
  };
  const block = async () => {
    const on = !isBlocked();
    if ((await blocking.ask(() => client.rooms.block(props.from.id, on))) !== null && on) props.close();
  };
  return (
    <Dialog title={name()} close={props.close}>
      <Show when={!isMine()}>
        <form class="message-acts" onSubmit={report}>
          <h3>{words().report}</h3>
          <p class="about">{words().reportAbout}</p>
          <Show when={!reported()} fallback={<p class="done" role="status" data-testid="reported">{words().reported}</p>}>
            <div class="field">
              <label for="report-reason">{words().reason}</label>
              <textarea id="report-reason" rows="3" maxlength={longest} data-testid="report-reason" value={reason()} onInput={(event) => setReason(event.currentTarget.value)} />
            </div>
            <Show when={reporting.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
            <div class="actions"><button class="primary" type="submit" data-testid="report" disabled={reporting.busy()}>{words().report}</button></div>
          </Show>
        </form>
        <div class="message-acts">
          <h3>{isBlocked() ? words().unblock(name()) : words().block(name())}</h3>
          <p class="about">{words().blockAbout}</p>
          <Show when={blocking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
          <div class="actions">
            <button class={isBlocked() ? 'quiet' : 'danger'} type="button" data-testid="block" disabled={blocking.busy()} onClick={block}>
              {isBlocked() ? words().unblock(name()) : words().block(name())}
            </button>
          </div>
        </div>
      </Show>
    </Dialog>
  );
}
