import { createSignal } from 'solid-js';
import type { Room } from '../../model/room';
import type { ErrorFrame, OkFrame } from '../../wire/server-frames';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useRoomWords } from '../use-room-words';

/** Ends a ban or a mute, by name: the server keeps no list of them that anybody could see. */
export function LetBack(props: { room: Room }) {
  const { client } = useApp();
  const words = useRoomWords();
  const [nick, setNick] = createSignal('');
  const [done, setDone] = createSignal('');
  const asking = createAsking();
  const end = async (request: (nick: string) => Promise<OkFrame | ErrorFrame>, said: (nick: string) => string) => {
    const name = nick().trim();
    setDone('');
    if ((await asking.ask(() => request(name))) === null) return;
    setDone(said(name));
    setNick('');
  };
  const unban = () => end((name) => client.rooms.unban(props.room.id, name), words().unbanned);
  const unmute = () => end((name) => client.rooms.unmute(props.room.id, name), words().unmuted);
  const isIdle = () => asking.busy() || nick().trim() === '';
  return (
    <form class="let-back" onSubmit={(event) => (event.preventDefault(), void unban())}>
      <Field label={words().someone} value={nick()} input={setNick} error={asking.error()} testid="let-back-nick" />
      <div class="act-row">
        <button class="quiet" type="submit" data-testid="unban" disabled={isIdle()}>{words().unban}</button>
        <button class="quiet" type="button" data-testid="let-back-unmute" disabled={isIdle()} onClick={unmute}>{words().unmute}</button>
      </div>
      <p class="done" role="status" data-testid="let-back-done">{done()}</p>
    </form>
  );
}
