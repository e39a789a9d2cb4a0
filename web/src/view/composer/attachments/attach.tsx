import { createSignal, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { Portal } from 'solid-js/web';
import type { Room } from '../../../model/room';
import type { RoomId } from '../../../wire/types';
import { useApp } from '../../context';
import { AttachIcon } from '../../icons';
import { part } from '../../part';
import type { Attaching } from './create-attaching';

const Tray = part(() => import('./tray'));

/** The button, and the whole room or thread as a place to drop files on. */
export function Attach(props: { room: Room; isInThread: boolean; attaching: Attaching; disabled: boolean }) {
  const { t, titleOf } = useApp();
  const [dragged, setDragged] = createSignal(false);
  let input!: HTMLInputElement;
  const enabled = () => props.attaching.limit() !== null && !props.disabled;
  const isHere = ({ target }: Event) => (target instanceof Element && target.closest('.pane') !== null) === props.isInThread;
  const has = (event: DragEvent) => enabled() && isHere(event) && (event.dataTransfer?.types.includes('Files') ?? false);
  const over = (event: DragEvent) => {
    setDragged(has(event));
    if (dragged()) event.preventDefault();
  };
  // It leaves one element for the next all the time; only out of the window it leads to none.
  const leave = (event: DragEvent) => event.relatedTarget === null && setDragged(false);
  const drop = (event: DragEvent) => {
    setDragged(false);
    if (!has(event)) return;
    event.preventDefault();
    props.attaching.add(filesOf(event.dataTransfer!));
  };
  onMount(() => {
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    onCleanup(() => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    });
  });
  return (
    <Show when={enabled()}>
      <button class="icon-button attach" type="button" data-testid="attach" aria-label={t().attach} title={t().attach} onClick={() => input.click()}><AttachIcon /></button>
      <input ref={input} type="file" multiple hidden data-testid="attach-input" onChange={() => {
        props.attaching.add(input.files!);
        input.value = '';
      }} />
      <Show when={dragged()}>
        <Portal mount={document.querySelector(props.isInThread ? '.pane' : '.main')!}>
          <div class="drop-here" data-testid="drop-here"><span>{t().dropHere(titleOf(props.room))}</span></div>
        </Portal>
      </Show>
    </Show>
  );
}

/** What was chosen, and what keeps the message back, above the composer. */
export function Attached(props: { room: RoomId; thread: number | undefined; attaching: Attaching }) {
  const { t } = useApp();
  return (
    <>
      <Show when={props.attaching.has()}><Suspense><Tray room={props.room} thread={props.thread} /></Suspense></Show>
      <Show when={props.attaching.failed()}><p class="wrong" role="alert" data-testid="files-failed">{t().filesFailed}</p></Show>
      <Show when={props.attaching.held()}>
        <p class="held" role="status" data-testid="held">{t().sendsWithFiles} <button class="link" type="button" onClick={() => props.attaching.letGo()}>{t().cancel}</button></p>
      </Show>
    </>
  );
}

/** A folder comes as a file that nobody can read. */
function filesOf(data: DataTransfer): File[] {
  return [...data.items].flatMap((item) => {
    const file = item.webkitGetAsEntry()?.isDirectory ? null : item.getAsFile();
    return file === null ? [] : [file];
  });
}
