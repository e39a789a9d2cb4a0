import { onMount, type JSX } from 'solid-js';
import { useApp } from '../context';
import { CloseIcon } from '../icons';

/** The browser's own modal dialog: it keeps the focus inside, gives it back, and closes by Escape. */
export function Dialog(props: { title: string; close: () => void; children: JSX.Element }) {
  const { t } = useApp();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  const leave = (event: MouseEvent) => event.target === dialog && dialog.close();
  return (
    <dialog ref={dialog} class="dialog" aria-label={props.title} onClose={() => props.close()} onClick={leave}>
      <div class="dialog-body">
        <header>
          <h2>{props.title}</h2>
          <button class="icon-button" type="button" aria-label={t().close} onClick={() => dialog.close()}><CloseIcon /></button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
