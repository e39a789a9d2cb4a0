import { createSignal, For, onCleanup, Show } from 'solid-js';
import { applyToExclusions, type Exclusions as Held } from '../../model/exclusions';
import type { Room } from '../../model/room';
import type { EventFrame } from '../../wire/server-frames';
import type { Exclusion } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { useRoomWords } from '../use-room-words';

/** Who is banned and muted, and by whom; and the end of it. */
export function Exclusions(props: { room: Room }) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const [held, setHeld] = createSignal<Held | null>(null);
  const [done, setDone] = createSignal('');
  const { id } = props.room;
  const { names } = client.workspace;
  /** What happened before the answer was here. */
  const meanwhile: EventFrame[] = [];
  onCleanup(client.workspace.listen((event) => {
    if (event.room !== id) return;
    if (held() === null) meanwhile.push(event);
    else setHeld(applyToExclusions(held()!, event));
  }));
  void asking.ask(() => client.questions.bans(id)).then((answer) => answer !== null && setHeld(meanwhile.reduce<Held>(applyToExclusions, answer)));
  let list!: HTMLUListElement;
  const end = async (request: typeof client.rooms.unban, said: (nick: string) => string, { user }: Exclusion) => {
    setDone('');
    if ((await asking.ask(() => request(id, user.id))) === null) return;
    setDone(said(names.of(user)));
    // The button goes with its line.
    list.focus();
  };
  const isEmpty = () => held() !== null && held()!.bans.length + held()!.mutes.length === 0;
  return (
    <section class="exclusions" aria-label={words().excluded}>
      <h3>{words().excluded}</h3>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul ref={list} class="listing" data-testid="exclusions" tabindex="-1">
        <For each={held()?.bans}>
          {(one) => <Line one={one} what={words().exclusion.bans} ending={words().unban} testid="unban" busy={asking.busy()} end={() => end(client.rooms.unban, words().unbanned, one)} />}
        </For>
        <For each={held()?.mutes}>
          {(one) => <Line one={one} what={words().exclusion.mutes} ending={words().unmute} testid="end-mute" busy={asking.busy()} end={() => end(client.rooms.unmute, words().unmuted, one)} />}
        </For>
        <Show when={isEmpty()}><li class="listing-empty">{words().nobodyExcluded}</li></Show>
      </ul>
      <p class="done" role="status">{held() === null && asking.busy() ? t().loading : done()}</p>
    </section>
  );
}

interface LineProps {
  readonly one: Exclusion;
  readonly what: string;
  readonly ending: string;
  readonly testid: string;
  readonly busy: boolean;
  readonly end: () => unknown;
}

function Line(props: LineProps) {
  const { client, dates } = useApp();
  const words = useRoomWords();
  const about = ({ by, ts, until }: Exclusion) => [
    words().excludedBy(props.what, client.workspace.names.of(by), dates().short(ts)), ...(until === undefined ? [] : [words().excludedUntil(dates().short(until))]),
  ].join(' · ');
  return (
    <li>
      <div class="listing-text"><strong>{client.workspace.names.of(props.one.user)}</strong><span>{about(props.one)}</span></div>
      <button class="quiet" type="button" data-testid={props.testid} disabled={props.busy} onClick={() => props.end()}>{props.ending}</button>
    </li>
  );
}
