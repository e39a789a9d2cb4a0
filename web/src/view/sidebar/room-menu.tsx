import { createSignal, onMount, Show } from 'solid-js';
import { copyText } from '../../browser/clipboard';
import { mayLeave } from '../../model/rights';
import { unread, type Room } from '../../model/room';
import { useApp } from '../context';
import { ConfirmButton } from '../details/confirm-button';
import { createAsking } from '../dialogs/answer';
import { rove } from '../roving';
import { useFindingWords } from '../use-finding-words';
import './room-menu.css';

interface RoomMenuProps {
  readonly room: Room;
  /** Where it opens, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly close: () => void;
}

/** What can be done with a room from the list. A popover: Escape and a press elsewhere close it. */
export default function RoomMenu(props: RoomMenuProps) {
  const { client, t, titleOf } = useApp();
  const words = useFindingWords();
  const asking = createAsking();
  const [copied, setCopied] = createSignal<boolean | null>(null);
  const link = () => `${location.origin}${location.pathname}#${encodeURIComponent(props.room.slug ?? props.room.id)}`;
  let menu!: HTMLDivElement;
  let field!: HTMLInputElement;
  onMount(() => {
    menu.showPopover();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(props.at.x, innerWidth - width - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(props.at.y, innerHeight - height - 8))}px`;
    menu.querySelector('button')?.focus();
  });
  const markRead = () => {
    client.read(props.room.id);
    props.close();
  };
  const leave = async () => {
    if ((await asking.ask(() => client.rooms.leave(props.room.id))) !== null) props.close();
  };
  return (
    <div ref={menu} class="room-menu" popover="auto" role="group" data-testid="room-menu" aria-label={t().roomMenu(titleOf(props.room))}
      on:toggle={(event) => (event as ToggleEvent).newState === 'closed' && props.close()} onKeyDown={(event) => rove(event, menu, 'button')}>
      <Show when={unread(props.room) > 0}>
        <button type="button" data-testid="mark-read" onClick={markRead}>{t().markRead}</button>
      </Show>
      <button type="button" data-testid="copy-link" onClick={async () => setCopied(await copyText(link(), field))}>
        <span aria-live="polite">{copied() === null ? words().copyLink : copied() ? words().copied : words().notCopied}</span>
      </button>
      <input ref={field} class="unseen" readOnly tabindex="-1" aria-hidden="true" value={link()} />
      <Show when={props.room.member && mayLeave(props.room)}>
        <ConfirmButton class="danger" words={words().leave} sure={words().leaveSure} testid="menu-leave" disabled={asking.busy()} act={() => void leave()} />
      </Show>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
    </div>
  );
}
