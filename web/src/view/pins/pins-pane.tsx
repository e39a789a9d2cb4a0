import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { errorWords } from '../../i18n/language';
import { messageRights } from '../../model/message-rights';
import type { Room } from '../../model/room';
import type { EventFrame, PinsFrame } from '../../wire/server-frames';
import type { Message } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { CloseIcon } from '../icons';
import { Body } from '../room/body';
import '../thread/pane.css';
import { useMessageWords } from '../use-message-words';

/** After these a list of pins may be another one. */
const changing: ReadonlySet<EventFrame['type']> = new Set(['pin', 'edit', 'delete', 'erase']);

/** What is pinned in the room, the newest message first. */
export default function PinsPane(props: { room: Room; close: () => void }) {
  const { client, dates, t, titleOf } = useApp();
  const words = useMessageWords();
  const { id } = props.room;
  const [answer, setAnswer] = createSignal<PinsFrame | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const [asked, setAsked] = createSignal(0);
  let isAsking = false;
  const load = async () => {
    // One question at a time; whatever changed meanwhile is asked for right after it.
    if (isAsking) return;
    isAsking = true;
    const before = asked();
    const pins = await client.questions.pins(id);
    isAsking = false;
    setError(pins.op === 'error' ? pins.code : null);
    if (pins.op === 'pins') setAnswer(pins);
    if (asked() !== before) void load();
  };
  createEffect(() => {
    if (client.status() !== 'online') return;
    asked();
    void load();
  });
  onCleanup(client.workspace.listen((event) => event.room === id && changing.has(event.type) && setAsked((n) => n + 1)));
  const mayUnpin = () => messageRights(props.room, client.workspace.you(), { isMine: false, isThere: true }, (user) => client.workspace.blocks.has(user), Date.now()).pin;
  // With the message goes what was pressed.
  const unpin = (seq: number) => {
    void client.messages.pin(id, seq, false);
    closing.focus();
  };
  let closing!: HTMLButtonElement;
  onMount(() => closing.focus());
  return (
    <aside class="details pane" data-testid="pins" aria-label={words().pins}>
      <header>
        <h2>{words().pins} <small><Show when={props.room.kind !== 'direct'}>#</Show>{titleOf(props.room)}</small></h2>
        <button ref={closing} class="icon-button" type="button" data-testid="pane-close" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
      </header>
      <div class="pane-log">
        <Show when={error()}>{(code) => <p class="wrong pane-empty" role="alert">{errorWords(t(), code())}</p>}</Show>
        <Show when={answer()} fallback={<p class="log-note">{error() === null ? t().loading : ''}</p>}>
          {(pins) => (
            <ul>
              <For each={pins().messages} fallback={<li class="pane-empty">{words().noPins}</li>}>
                {(message) => <Pinned message={message} mayUnpin={mayUnpin()} />}
              </For>
              <Show when={pins().more}><li class="pane-empty">{words().morePins}</li></Show>
            </ul>
          )}
        </Show>
      </div>
    </aside>
  );

  function Pinned(pinned: { message: Message; mayUnpin: boolean }) {
    const { route } = useApp();
    const name = () => client.workspace.names.of(pinned.message.from);
    return (
      <li class="pinned-message" data-testid="pinned" data-seq={pinned.message.seq}>
        <div class="byline"><Avatar id={pinned.message.from.id} name={name()} /><span class="author">{name()}</span><time>{dates().short(pinned.message.ts)}</time></div>
        <div class="body"><Show when={!client.workspace.blocks.has(pinned.message.from.id)} fallback={t().hidden}><Body text={pinned.message.body ?? ''} /></Show></div>
        <div class="pinned-acts">
          <button class="quiet" type="button" data-testid="jump" onClick={() => route.openAt(id, pinned.message.seq)}>{words().jump}</button>
          <Show when={pinned.mayUnpin}>
            <button class="quiet" type="button" data-testid="unpin" onClick={() => unpin(pinned.message.seq)}>{words().unpin}</button>
          </Show>
        </div>
      </li>
    );
  }
}
