import { createComputed, createSignal, on, Show } from 'solid-js';
import { wordOf } from '../../i18n/account/words';
import { mayBan, mayGive, mayTouch, mayTransfer } from '../../model/rights';
import type { Room } from '../../model/room';
import type { RoomRole } from '../../wire/client-frames';
import type { User } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Choice } from '../settings/choice';
import { RoleButton } from '../settings/role-button';
import { useRoomWords } from '../use-room-words';
import { ConfirmButton } from './confirm-button';
import { durations, endOf, type Duration } from './durations';

interface PersonActsProps {
  readonly room: Room;
  readonly user: User;
  /** Null: they look on. */
  readonly role: string | null;
  readonly removed: (words: string) => void;
  readonly close: () => void;
  /** Whoever shows it offers a direct message in another place. */
  readonly writesElsewhere?: boolean;
}

/** What one may do with a person of the room, as far as the room's description says it; the server has the last word. */
export function PersonActs(props: PersonActsProps) {
  const { client, route, t } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const [done, setDone] = createSignal('');
  const [chosen, setChosen] = createSignal('');
  createComputed(on(() => props.role, (role) => setChosen(role ?? '')));
  const [during, setDuring] = createSignal<Duration>('day');
  const you = () => client.workspace.you();
  const name = () => client.workspace.names.of(props.user);
  const isMe = () => client.workspace.isMe(props.user.id);
  const roles = () => (props.role === null ? [] : mayGive(props.room, you(), props.role));
  const touches = () => mayTouch(props.room, you(), props.role ?? 'member');
  const act = async (request: Parameters<typeof asking.ask>[0], said: string) => {
    setDone('');
    if ((await asking.ask(request)) !== null) setDone(said);
  };
  // The person may be gone from the list, and all this with them, before the answer is here.
  const { removed } = props;
  const remove = async (request: Parameters<typeof asking.ask>[0], said: string) => {
    if ((await asking.ask(request)) !== null) removed(said);
  };
  const write = async () => {
    const made = await asking.ask(() => client.rooms.direct([props.user.id]));
    if (made?.room === undefined) return;
    route.open(made.room);
    props.close();
  };
  const until = () => endOf(during(), Date.now());
  const { id } = props.room;
  return (
    <div class="person-acts" data-testid="person-acts">
      <Show when={!isMe()} fallback={
        <ConfirmButton class="quiet" words={words().stepDown} sure={words().stepDownSure} testid="step-down" disabled={asking.busy()}
          act={() => act(() => client.rooms.setRole(id, props.user.id, 'member'), '')} />
      }>
        <Show when={!props.writesElsewhere}>
          <button class="quiet" type="button" data-testid="write" disabled={asking.busy()} onClick={write}>{words().message}</button>
        </Show>
        <Show when={roles().length > 0}>
          <Choice label={words().roleOf(name())} value={chosen()} pick={setChosen} testid="role" options={roles().map((role) => [role, wordOf(words().role, role)])} />
          <RoleButton nick={name()} held={props.role!} chosen={chosen()} busy={asking.busy()}
            give={(role) => act(() => client.rooms.setRole(id, props.user.id, role as RoomRole), '')} />
        </Show>
        <Show when={touches()}>
          <Choice label={words().during} value={during()} testid="during" options={durations.map((key) => [key, words().durations[key]])} pick={(key) => setDuring(key as Duration)} />
          <div class="act-row">
            <button class="quiet" type="button" data-testid="mute" disabled={asking.busy()}
              onClick={() => act(() => client.rooms.mute(id, props.user.id, until()), words().muted(name()))}>{words().mute}</button>
            <button class="quiet" type="button" data-testid="unmute" disabled={asking.busy()}
              onClick={() => act(() => client.rooms.unmute(id, props.user.id), words().unmuted(name()))}>{words().unmute}</button>
            <Show when={props.role !== null}>
              <ConfirmButton class="danger" words={words().kick} sure={words().kickSure} testid="kick" disabled={asking.busy()}
                act={() => remove(() => client.rooms.kick(id, props.user.id), words().kicked(name()))} />
            </Show>
            <Show when={mayBan(props.room, you(), props.role ?? 'member')}>
              <ConfirmButton class="danger" words={words().ban} sure={words().banSure} testid="ban" disabled={asking.busy()}
                act={() => remove(() => client.rooms.ban(id, props.user.id, until()), words().banned(name()))} />
            </Show>
          </div>
        </Show>
        <Show when={props.role !== null && mayTransfer(props.room, you())}>
          <ConfirmButton class="quiet" words={words().transfer} sure={words().transferSure(name())} testid="transfer" disabled={asking.busy()}
            act={() => act(() => client.rooms.transfer(id, props.user.id), '')} />
        </Show>
      </Show>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <p class="done" role="status">{asking.busy() ? t().loading : done()}</p>
    </div>
  );
}
