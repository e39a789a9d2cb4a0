import { createResource, Show } from 'solid-js';
import { wordOf } from '../../i18n/account/words';
import { mayTouch } from '../../model/rights';
import type { Room } from '../../model/room';
import type { User } from '../../wire/types';
import { Avatar } from '../avatar';
import { insertIntoComposer } from '../composer/insert';
import { useApp } from '../context';
import { PersonActs } from '../details/person-acts';
import '../details/details.css';
import '../settings/settings.css';
import { createAsking } from '../dialogs/answer';
import { useRoomWords } from '../use-room-words';
import { Popover } from './popover';
import { Present } from './presence';

/** Who somebody is, and what there is to do with them. */
export default function ProfileCard(props: { room: Room; user: User; anchor: HTMLElement; close: () => void }) {
  const { client, route, t } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const name = () => client.workspace.names.of(props.user);
  const isHere = () => client.people.presence.isHere(props.room.id, props.user.id);
  const isBlocked = () => client.workspace.blocks.has(props.user.id);
  const [role] = createResource(async () => {
    const page = await client.questions.members(props.room.id);
    if (page.op !== 'members') return null;
    const held = page.members.find((member) => member.user.id === props.user.id);
    // Among those of further pages are few who are more than members.
    return held?.role ?? (page.more ? 'member' : null);
  });
  const mention = () => {
    props.close();
    insertIntoComposer(`@${name()} `);
  };
  const write = async () => {
    const made = await asking.ask(() => client.rooms.direct([props.user.id]));
    if (made?.room === undefined) return;
    route.open(made.room);
    props.close();
  };
  const block = () => asking.ask(() => client.rooms.block(props.user.id, !isBlocked()));
  return (
    <Popover anchor={props.anchor} label={t().aboutPerson(name())} testid="profile-card" close={props.close}>
      <header class="card-person">
        <Present here={isHere()}><Avatar id={props.user.id} name={name()} /></Present>
        <div>
          <h2><bdi>{name()}</bdi></h2>
          <p>
            <span data-testid="card-presence">{isHere() ? t().hereNow : words().away}</span>
            <Show when={props.room.kind !== 'direct' && !role.loading && role() !== null}>
              <small class="badge" data-testid="card-role">{wordOf(words().role, role()!)}</small>
            </Show>
          </p>
        </div>
      </header>
      <div class="act-row">
        <button class="primary" type="button" data-testid="write" disabled={asking.busy()} onClick={write}>{words().message}</button>
        <button class="quiet" type="button" data-testid="mention" onClick={mention}>{words().mention}</button>
      </div>
      <Show when={!role.loading && mayTouch(props.room, client.workspace.you(), role() ?? 'member')}>
        <PersonActs room={props.room} user={props.user} role={role() ?? null} removed={props.close} close={props.close} writesElsewhere />
      </Show>
      <div class="act-row">
        <button class={isBlocked() ? 'quiet' : 'danger'} type="button" data-testid="card-block" disabled={asking.busy()} onClick={block}>
          {isBlocked() ? words().unblock(name()) : words().block(name())}
        </button>
      </div>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
    </Popover>
  );
}
