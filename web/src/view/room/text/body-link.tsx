import { Show } from 'solid-js';
import { realPlace } from '../../../model/deception/destination';
import { readFileLink } from '../../../model/file-link';
import { Plain } from '../../plain';

/** Leads out of the page, to where it says; a file of this server is the only thing within it. */
export function BodyLink(props: { href: string; label: string }) {
  const url = () => (readFileLink(props.href) !== null ? new URL(props.href, location.href) : parse(props.href));
  const place = (url: URL) => (url.origin === location.origin ? null : realPlace(props.label, {
    href: props.href, scheme: url.protocol.slice(0, -1), host: url.hostname, user: url.username !== '' || url.password !== '', path: url.pathname,
  }));
  return (
    <Show when={url()} fallback={<Plain text={props.label} />}>
      {(url) => (
        <>
          <a href={props.href} target="_blank" rel="noopener noreferrer" title={url().href}><bdi><Plain text={props.label} /></bdi></a>
          <Show when={place(url())}>{(place) => <span class="real-place" data-testid="real-place"> ({place()})</span>}</Show>
        </>
      )}
    </Show>
  );
}

/** The schemes once more, after the browser's own reading: what the model let through is not all that a browser understands. */
function parse(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : null;
}
