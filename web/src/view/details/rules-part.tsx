import { Show } from 'solid-js';
import { keepsOrder, mayArchive, mayRename, moderates, owns } from '../../model/rights';
import type { Room } from '../../model/room';
import type { NewcomersSee } from '../../wire/client-frames';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Choice } from '../settings/choice';
import { useRoomWords } from '../use-room-words';
import { ConfirmButton } from './confirm-button';
import { DoorsPart } from './doors-part';
import { Exclusions } from './exclusions';
import { RenameAddress, RenameRoom } from './rename-room';

/** Seconds that are offered; another value, set elsewhere, is shown as it is. */
const paces = [5, 30, 60, 300, 3_600, 21_600];

/** What is decided for everybody in a room. */
export function RulesPart(props: { room: Room }) {
  const { client, dates, t } = useApp();
  const words = useRoomWords();
  const asking = createAsking();
  const you = () => client.workspace.you();
  const slow = () => String(props.room.slow ?? 0);
  const slows = () => [0, ...new Set([...paces, ...(props.room.slow === undefined ? [] : [props.room.slow])])].sort((a, b) => a - b);
  const { id } = props.room;
  return (
    <details class="part" data-testid="rules-part">
      <summary>{words().settings}</summary>
      <Show when={moderates(props.room, you())}>
        <RenameRoom room={props.room} />
        <Choice label={words().slow} value={slow()} testid="slow"
          options={slows().map((seconds) => [String(seconds), seconds === 0 ? words().slowOff : words().slowEvery(dates().span(seconds * 1_000))])}
          pick={(seconds) => asking.ask(() => client.rooms.setSlow(id, seconds === '0' ? null : Number(seconds)))} />
      </Show>
      <Show when={mayRename(props.room, you())}>
        <RenameAddress room={props.room} />
      </Show>
      <Show when={owns(props.room, you())}>
        <Choice label={words().posting} value={props.room.posting} testid="posting"
          options={[['everyone', words().postings.everyone], ['moderators', words().postings.moderators]]}
          pick={(posting) => asking.ask(() => client.rooms.setPosting(id, posting as 'everyone' | 'moderators'))} />
        <Show when={props.room.slug !== 'lobby'}>
          <Choice label={t().newcomersSee} value={props.room.history} testid="newcomers"
            options={[['all', t().newcomers.all], ['joined', t().newcomers.joined]]}
            pick={(history) => asking.ask(() => client.rooms.setNewcomers(id, history as NewcomersSee))} />
        </Show>
      </Show>
      <Show when={moderates(props.room, you())}><DoorsPart room={props.room} /></Show>
      <Show when={keepsOrder(props.room, you())}><Exclusions room={props.room} /></Show>
      <Show when={mayArchive(props.room, you())}>
        <p class="about">{words().archiveAbout}</p>
        <Show when={props.room.archived} fallback={
          <ConfirmButton class="danger" words={words().archive} sure={words().archiveSure} testid="archive" disabled={asking.busy()}
            act={() => asking.ask(() => client.rooms.archive(id, true))} />
        }>
          <button class="quiet" type="button" data-testid="unarchive" disabled={asking.busy()} onClick={() => asking.ask(() => client.rooms.archive(id, false))}>
            {words().unarchive}
          </button>
        </Show>
      </Show>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
    </details>
  );
}
