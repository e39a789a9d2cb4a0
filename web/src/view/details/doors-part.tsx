import { createComputed, createSignal, For, on, Show } from 'solid-js';
import { doors } from '../../model/rights';
import type { Room } from '../../model/room';
import type { Restriction } from '../../wire/client-frames';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useRoomWords } from '../use-room-words';

/** Who comes in, how many, and with what key; and what those outside may do. */
export function DoorsPart(props: { room: Room }) {
  const words = useRoomWords();
  return (
    <section class="doors" aria-label={words().doors}>
      <h3>{words().doors}</h3>
      <For each={doors(props.room)}>{(door) => <Restrict room={props.room} door={door} />}</For>
      <Show when={props.room.kind === 'public'}>
        <Capacity room={props.room} />
        <Show when={props.room.slug !== 'lobby'}><Key room={props.room} /></Show>
      </Show>
    </section>
  );
}

function Restrict(props: { room: Room; door: Restriction }) {
  const { client } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const isShut = () => props.room.restrict.includes(props.door);
  // What was refused is not shown as done. What was not comes with its event.
  const toggle = async (box: HTMLInputElement) => {
    if ((await asking.ask(() => client.rooms.restrict(props.room.id, props.door, box.checked))) === null) box.checked = isShut();
  };
  return (
    <>
      <label class="tick">
        <input type="checkbox" data-testid={`door-${props.door}`} checked={isShut()} onChange={(event) => toggle(event.currentTarget)} />{words().doorsOf[props.door]}
      </label>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
    </>
  );
}

function Capacity(props: { room: Room }) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const held = () => String(props.room.capacity ?? '');
  const [members, setMembers] = createSignal('');
  // Digits of an input method, too.
  const wanted = () => members().normalize('NFKC').trim();
  createComputed(on(held, setMembers));
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => client.rooms.setCapacity(props.room.id, wanted() === '' ? null : Number(wanted())));
  };
  return (
    <form class="by-name" onSubmit={save}>
      <Field label={words().capacity} hint={words().capacityHint} error={asking.error()} value={members()} input={setMembers} testid="capacity" />
      <button class="quiet" type="submit" data-testid="capacity-save" disabled={asking.busy() || wanted() === held() || !/^\d*$/u.test(wanted())}>{t().save}</button>
    </form>
  );
}

function Key(props: { room: Room }) {
  const { client } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const [key, setKey] = createSignal('');
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if ((await asking.ask(() => client.rooms.setKey(props.room.id, key().normalize('NFKC').trim()))) !== null) setKey('');
  };
  return (
    <>
      <form class="by-name" onSubmit={save}>
        <Field label={words().key} hint={words().keyHint} error={asking.error()} value={key()} input={setKey} testid="room-key" />
        <button class="quiet" type="submit" data-testid="room-key-save" disabled={asking.busy() || key().trim() === ''}>{words().setKey}</button>
      </form>
      <Show when={props.room.key}>
        <p class="about" data-testid="has-key">{words().hasKey}</p>
        <button class="quiet" type="button" data-testid="room-key-take" disabled={asking.busy()} onClick={() => asking.ask(() => client.rooms.setKey(props.room.id, null))}>{words().takeKey}</button>
      </Show>
    </>
  );
}
