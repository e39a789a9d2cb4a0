import { createResource, For, Show } from 'solid-js';
import { errorWords } from '../../i18n/language';
import { coverSpoilers } from '../../model/spoilers';
import type { Mention } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { Dialog } from '../dialogs/dialog';
import '../details/details.css';
import { Plain } from '../plain';
import { useRoomWords } from '../use-room-words';
import './popover.css';

/** Mentions shown; `moreMentions` says the number, too. */
const most = 100;
/** UTF-16 code units of a body: more than three lines of any screen. */
const shownBody = 400;

/** Where one was named, the newest first; each leads to its place. */
export default function Mentions(props: { close: () => void }) {
  const { client, dates, route, t, titleOf } = useApp();
  const words = useRoomWords();
  const [answer] = createResource(() => client.questions.mentions(most));
  const list = () => {
    const frame = answer();
    return frame?.op === 'mentions' ? frame : null;
  };
  const wrong = () => {
    const frame = answer();
    return frame?.op === 'error' ? errorWords(t(), frame.code, frame.retryAfter) : null;
  };
  const roomOf = (mention: Mention) => client.workspace.room(mention.room);
  const where = (mention: Mention) => {
    const room = roomOf(mention);
    return room === undefined ? '' : room.kind === 'direct' ? titleOf(room) : `#${titleOf(room)}`;
  };
  const isNew = ({ room, message }: Mention) => {
    const held = client.workspace.room(room);
    return held !== undefined && held.member && message.seq > held.read;
  };
  const open = ({ room, message }: Mention) => {
    route.openAt(room, message.seq);
    props.close();
  };
  return (
    <Dialog title={t().mentions} close={props.close}>
      <Show when={answer.loading}><p class="about">{t().loading}</p></Show>
      <Show when={wrong()}>{(words) => <p class="wrong" role="alert">{words()}</p>}</Show>
      <Show when={list()}>
        {(list) => (
          <>
            <ul class="mention-list" data-testid="mention-list">
              <For each={list().mentions.filter((mention) => roomOf(mention) !== undefined)} fallback={<li class="listing-empty">{words().noMentions}</li>}>
                {(mention) => (
                  <li>
                    <button class="mention-item" type="button" data-testid="mention-item" onClick={() => open(mention)}>
                      <Avatar id={mention.message.from.id} name={client.workspace.names.of(mention.message.from)} />
                      <span class="mention-text">
                        <span class="mention-where">
                          <strong><Plain text={words().mentionIn(client.workspace.names.of(mention.message.from), where(mention))} /></strong>
                          <Show when={isNew(mention)}><small class="badge">{words().isNew}</small></Show>
                          <time dateTime={new Date(mention.message.ts).toISOString()}>{dates().short(mention.message.ts)}</time>
                        </span>
                        <span class="mention-body" dir="auto"><Plain text={coverSpoilers(mention.message.body ?? '').slice(0, shownBody)} /></span>
                      </span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
            <Show when={list().more}><p class="about">{words().moreMentions}</p></Show>
          </>
        )}
      </Show>
    </Dialog>
  );
}
