import { createMemo, createResource, createSignal, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { readFileLink } from '../../model/file-link';
import { useApp } from '../context';
import { FileIcon, SaveIcon } from '../icons';
import { part } from '../part';
import { holdPicture, type HeldPicture } from './pictures';
import { save } from './save-file';

const Viewer = part(() => import('../viewer/viewer'));

/** CSS pixels that an image in the log takes at most. */
const maxHeight = 360, maxWidth = 480;
/** How far outside of sight an image begins to load. */
const ahead = '600px';

export interface AttachmentProps {
  /** As `readFileLink` reads it. */
  readonly href: string;
  readonly name: string;
  readonly size?: number | undefined;
  readonly image: boolean;
}

/** A file in a message: an image in its place, which is kept for it until it is there, anything else as a card. */
export function Attachment(props: AttachmentProps) {
  return <Show when={props.image} fallback={<Card {...props} />}><Picture {...props} /></Show>;
}

function Picture(props: AttachmentProps) {
  const { files, t } = useApp();
  const [near, setNear] = createSignal(false);
  const [large, setLarge] = createSignal(false);
  const link = createMemo(() => readFileLink(props.href));
  // Whatever the message says, it takes no more than its share of the log.
  const box = createMemo(() => {
    const { width = 320, height = 180 } = link() ?? {};
    const scale = Math.min(1, maxWidth / width, maxHeight / height);
    return { width: Math.max(Math.round(width * scale), 24), height: Math.max(Math.round(height * scale), 24) };
  });
  let held: HeldPicture | undefined;
  const [picture] = createResource(() => near() && link(), (link) => {
    held?.letGo();
    held = holdPicture(files, link);
    return held.picture;
  });
  onCleanup(() => held?.letGo());
  // Read without waiting: nothing around it is to be taken away meanwhile.
  const shown = () => (picture.state === 'ready' ? picture() : null);
  const url = () => {
    const now = shown();
    return typeof now === 'object' ? now?.url : undefined;
  };
  let place!: HTMLDivElement;
  onMount(() => {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      setNear(true);
      watch.disconnect();
    // Of the log, not of the window: a margin of the window does not reach into what scrolls inside it.
    }, { root: place.closest('.log'), rootMargin: ahead });
    watch.observe(place);
    onCleanup(() => watch.disconnect());
  });
  return (
    <Show when={typeof shown() !== 'string'} fallback={shown() === 'large' ? <Card {...props} /> : <p class="file-gone" data-testid="file-gone">{t().fileGone}</p>}>
      <div ref={place} class="picture" data-testid="picture" style={{ width: `${box().width}px`, 'aspect-ratio': `${box().width} / ${box().height}` }}>
        <Show when={url()}>
          {(url) => (
            <button type="button" aria-label={t().viewImage(props.name)} onClick={() => setLarge(true)}>
              <img src={url()} alt={props.name} draggable={false} />
            </button>
          )}
        </Show>
      </div>
      <Show when={large() && link()}>
        {(link) => <Suspense><Viewer path={link().path} close={() => setLarge(false)} /></Suspense>}
      </Show>
    </Show>
  );
}

function Card(props: AttachmentProps) {
  const { dates, files, t } = useApp();
  const [gone, setGone] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const download = async () => {
    setBusy(true);
    const bytes = await files.fetch(readFileLink(props.href)?.path ?? props.href);
    setBusy(false);
    setGone(bytes === null);
    if (bytes !== null) save(bytes, props.name);
  };
  return (
    <button class="file-card" type="button" data-testid="file-card" disabled={busy()} aria-label={t().download(props.name)} onClick={download}>
      <span class="file-sign"><FileIcon /></span>
      <span class="file-words">
        <bdi>{props.name}</bdi>
        <small role="status">{gone() ? t().fileGone : props.size === undefined ? '' : dates().size(props.size)}</small>
      </span>
      <SaveIcon />
    </button>
  );
}
