import { createSignal, For, onCleanup, Show } from 'solid-js';
import { applyToExclusions, type Exclusions as Held } from '../../model/exclusions';
import { moderates } from '../../model/rights';
import type { Room } from '../../model/room';
import type { EventFrame } from '../../wire/server-frames';
import type { Exclusion, Pattern } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { useRoomWords } from '../use-room-words';

/** Who is banned and muted, and by whom; and the end of it, which a helper makes of mutes alone. */
export function Exclusions(props: { room: Room }) {
  const { client, t, dates } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const [held, setHeld] = createSignal<Held | null>(null);
  const [done, setDone] = createSignal('');
  const { id } = props.room;
  const { names } = client.workspace;
  const lets = () => moderates(props.room, client.workspace.you());
  /** What happened before the answer was here. */
  const meanwhile: EventFrame[] = [];
  onCleanup(client.workspace.listen((event) => {
    if (event.room !== id) return;
    if (held() === null) meanwhile.push(event);
    else setHeld(applyToExclusions(held()!, event));
  }));
  void asking.ask(() => client.questions.bans(id)).then((answer) => answer !== null && setHeld(meanwhile.reduce<Held>(applyToExclusions, answer)));
  let list!: HTMLUListElement;
  const end = async (request: () => ReturnType<typeof client.rooms.endPattern>, said: string) => {
    setDone('');
    if ((await asking.ask(request)) === null) return;
    setDone(said);
    // The button goes with its line.
    list.focus();
  };
  const by = (what: string, { by: who, ts }: Exclusion | Pattern) => words().excludedBy(what, names.of(who), dates().short(ts));
  const about = (what: string, one: Exclusion) => [by(what, one), ...(one.until === undefined ? [] : [words().excludedUntil(dates().short(one.until))])].join(' · ');
  /** A newer server's lists are shown by their own names. */
  const meaning = (name: string) => (words().patterns as Readonly<Record<string, string>>)[name] ?? name;
  const isEmpty = () => held() !== null && held()!.bans.length + held()!.mutes.length + held()!.patterns.length === 0;
  return (
    <section class="exclusions" aria-label={words().excluded}>
      <h3>{words().excluded}</h3>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul ref={list} class="listing" data-testid="exclusions" tabindex="-1">
        <For each={held()?.bans}>
          {(one) => (
            <Line
              name={names.of(one.user)} about={about(words().exclusion.bans, one)} ending={lets() && words().unban} testid="unban" busy={asking.busy()}
              end={() => end(() => client.rooms.unban(id, one.user.id), words().unbanned(names.of(one.user)))}
            />
          )}
        </For>
        <For each={held()?.mutes}>
          {(one) => (
            <Line
              name={names.of(one.user)} about={about(words().exclusion.mutes, one)} ending={words().unmute} testid="end-mute" busy={asking.busy()}
              end={() => end(() => client.rooms.unmute(id, one.user.id), words().unmuted(names.of(one.user)))}
            />
          )}
        </For>
        <For each={held()?.patterns}>
          {(one) => (
            <Line
              name={one.pattern} about={by(meaning(one.list), one)} ending={lets() && words().endPattern} testid="end-pattern" busy={asking.busy()}
              end={() => end(() => client.rooms.endPattern(id, one), words().patternEnded(one.pattern))}
            />
          )}
        </For>
        <Show when={isEmpty()}><li class="listing-empty">{words().nobodyExcluded}</li></Show>
      </ul>
      <Show when={held()?.patterns.length}><p class="about">{words().patternsAbout}</p></Show>
      <p class="done" role="status">{held() === null && asking.busy() ? t().loading : done()}</p>
    </section>
  );
}

interface LineProps {
  readonly name: string;
  readonly about: string;
  /** False: it is not theirs to end. */
  readonly ending: string | false;
  readonly testid: string;
  readonly busy: boolean;
  readonly end: () => unknown;
}

function Line(props: LineProps) {
  return (
    <li>
      <div class="listing-text"><strong>{props.name}</strong><span>{props.about}</span></div>
      <Show when={props.ending}>
        <button class="quiet" type="button" data-testid={props.testid} disabled={props.busy} onClick={() => props.end()}>{props.ending}</button>
      </Show>
    </li>
  );
}
