import { onCleanup, onMount, Show, type JSX } from 'solid-js';
import { focusComposer } from '../composer/focus';
import { useApp } from '../context';
import { CloseIcon } from '../icons';

/** The browser's own modal dialog: it keeps the focus inside, and closes by Escape. A `bare` one begins with what it holds, and its title is only said. */
export function Dialog(props: { title: string; wide?: boolean; bare?: boolean; roomy?: boolean; close: () => void; children: JSX.Element }) {
  const { t } = useApp();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  // An open dialog that is only taken out of the page takes the focus with it. Closed, it gives the focus back to whoever opened
  // it: right where there is no keyboard.
  let isGone = false;
  onCleanup(() => {
    isGone = true;
    dialog.close();
    focusComposer();
  });
  const leave = (event: MouseEvent) => event.target === dialog && dialog.close();
  return (
    <dialog ref={dialog} class="dialog" classList={{ wide: props.wide ?? false, bare: props.bare ?? false, roomy: props.roomy ?? false }} aria-label={props.title} onClose={() => !isGone && props.close()} onClick={leave}>
      <div class="dialog-body">
        <Show when={!props.bare}>
          <header>
            <h2>{props.title}</h2>
            <button class="icon-button" type="button" aria-label={t().close} onClick={() => dialog.close()}><CloseIcon /></button>
          </header>
        </Show>
        {props.children}
      </div>
    </dialog>
  );
}
