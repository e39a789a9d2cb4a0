import { Show } from 'solid-js';

/** A number that somebody waits behind: filled where it calls for oneself, quiet where it only counts. Nothing for 0. */
export function CountBadge(props: { count: number; label: string; testid: string; quiet?: boolean }) {
  return (
    <Show when={props.count > 0}>
      <span class="unread" classList={{ quiet: props.quiet ?? false }} data-testid={props.testid} role="img" aria-label={props.label}>
        {props.count > 999 ? '999+' : props.count}
      </span>
    </Show>
  );
}
