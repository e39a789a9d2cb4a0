import { createSignal, type JSX } from 'solid-js';
import { useApp } from '../../context';

/** Covered until somebody wants to know; what is under it cannot be reached before. */
export function Spoiler(props: { children: JSX.Element }) {
  const { t } = useApp();
  const [isShown, setShown] = createSignal(false);
  const press = (event: KeyboardEvent) => {
    if (isShown() || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    setShown(true);
  };
  return (
    <span class="spoiler" data-testid="spoiler" classList={{ shown: isShown() }} role={isShown() ? undefined : 'button'} tabindex={isShown() ? -1 : 0}
      aria-label={isShown() ? undefined : t().spoiler} onClick={() => setShown(true)} onKeyDown={press}>
      <span inert={!isShown()}>{props.children}</span>
    </span>
  );
}
