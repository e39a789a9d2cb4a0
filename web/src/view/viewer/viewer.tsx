import { createEffect, createMemo, createResource, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import { filesWords } from '../../i18n/files/words';
import { readFileLink } from '../../model/file-link';
import { imagesIn } from '../../model/file-lines';
import { useApp } from '../context';
import { CloseIcon, SaveIcon } from '../icons';
import { isShowable } from '../room/pictures';
import { save } from '../room/save-file';
import './viewer.css';

/** One image as large as the window lets it be, and its neighbours in the room by the arrows. */
export default function Viewer(props: { path: string; close: () => void }) {
  const { files, language, route, t } = useApp();
  const words = () => filesWords[language()];
  const [path, setPath] = createSignal(props.path);
  const images = createMemo(() => imagesIn((route.room()?.messages ?? []).map(({ body }) => body)));
  const at = () => images().findIndex((image) => image.path === path());
  const name = () => images()[at()]?.name ?? readFileLink(path())?.name ?? '';
  const [file] = createResource(path, async (path) => {
    const bytes = await files.fetch(path);
    return { bytes, isLarge: bytes !== null && !await isShowable(bytes) };
  });
  const loaded = () => (file.state === 'ready' ? file() : null);
  const url = createMemo(() => {
    const { bytes = null, isLarge = false } = loaded() ?? {};
    if (bytes === null || isLarge) return null;
    const url = URL.createObjectURL(bytes);
    onCleanup(() => URL.revokeObjectURL(url));
    return url;
  });
  const move = (by: number) => {
    const next = images()[at() + by];
    if (at() >= 0 && next !== undefined) setPath(next.path);
  };
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  onCleanup(() => dialog.close());
  createEffect(on(path, () => dialog.scrollTo(0, 0)));
  const keyDown = (event: KeyboardEvent) => {
    const forward = document.dir === 'rtl' ? -1 : 1;
    if (event.key === 'ArrowRight') move(forward);
    else if (event.key === 'ArrowLeft') move(-forward);
    // The page's own Escape is not meant.
    event.stopPropagation();
  };
  return (
    <dialog ref={dialog} class="viewer" data-testid="viewer" aria-label={name()} onClose={() => props.close()} onKeyDown={keyDown}
      onClick={(event) => (event.target === dialog || (event.target as Element).classList.contains('viewer-stage')) && dialog.close()}>
      <header>
        <bdi class="viewer-name">{name()}</bdi>
        <Show when={images().length > 1 && at() >= 0}><span class="viewer-position" aria-live="polite">{words().position(at() + 1, images().length)}</span></Show>
        <Show when={loaded()?.bytes}>
          {(bytes) => (
            <button class="icon-button" type="button" aria-label={t().download(name())} title={t().download(name())} onClick={() => save(bytes(), name())}><SaveIcon /></button>
          )}
        </Show>
        <button class="icon-button" type="button" data-testid="viewer-close" aria-label={t().close} title={t().close} onClick={() => dialog.close()}><CloseIcon /></button>
      </header>
      <div class="viewer-stage">
        <Show when={url()} fallback={<p role="status">{!loaded() ? t().loading : loaded()!.isLarge ? words().largePicture : t().fileGone}</p>}>
          {(url) => <img src={url()} alt={name()} />}
        </Show>
      </div>
      <Show when={at() > 0}><button class="viewer-move back" type="button" data-testid="viewer-back" aria-label={words().previous} onClick={() => move(-1)}>‹</button></Show>
      <Show when={at() >= 0 && at() < images().length - 1}><button class="viewer-move on" type="button" data-testid="viewer-on" aria-label={words().next} onClick={() => move(1)}>›</button></Show>
    </dialog>
  );
}
