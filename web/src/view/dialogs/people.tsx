import { For, Show } from 'solid-js';
import type { Room } from '../../model/room';
import type { User } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { createAnswer, createAsking } from './answer';
import { Dialog } from './dialog';

/**
 * Who is connected now; a click on a person opens a direct message. Leaving the room is here, away from hasty clicks;
 * nobody leaves the lobby, where everyone may look on anyway.
 */
export function People(props: { room: Room; close: () => void }) {
  const { client, route, t } = useApp();
  const asking = createAsking();
  const who = createAnswer(asking, () => client.who(props.room.id));
  const write = async (user: User) => {
    const made = await asking.ask(() => client.rooms.direct([user.id]));
    if (made?.room === undefined) return;
    route.open(made.room);
    props.close();
  };
  const leave = async () => {
    if (await asking.ask(() => client.rooms.leave(props.room.id))) props.close();
  };
  return (
    <Dialog title={t().people} close={props.close}>
      <Show when={asking.error()}>{(words) => <p class="wrong" role="alert">{words()}</p>}</Show>
      <Show when={who()} fallback={<p class="listing-empty">{asking.busy() ? t().loading : ''}</p>}>
        {(who) => (
          <>
            <p class="listing-count">{t().here(who().count)}</p>
            <ul class="listing people">
              <For each={who().here}>{(user) => <li><Person user={user} write={write} /></li>}</For>
            </ul>
          </>
        )}
      </Show>
      <Show when={props.room.member && props.room.kind !== 'direct' && props.room.slug !== 'lobby'}>
        <div class="actions">
          <button class="danger" type="button" data-testid="leave" disabled={asking.busy()} onClick={leave}>{t().leave}</button>
        </div>
      </Show>
    </Dialog>
  );
}

function Person(props: { user: User; write: (user: User) => void }) {
  const { client, t } = useApp();
  const name = () => client.workspace.names.of(props.user);
  return (
    <Show when={!client.workspace.isMe(props.user.id)}
      fallback={<span class="person"><Avatar id={props.user.id} name={name()} />{name()} <small>{t().you}</small></span>}>
      <button class="person" type="button" data-testid="person" title={t().writeTo(name())} onClick={() => props.write(props.user)}>
        <Avatar id={props.user.id} name={name()} />{name()}
      </button>
    </Show>
  );
}
