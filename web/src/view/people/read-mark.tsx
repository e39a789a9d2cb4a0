import { createMemo, Show } from 'solid-js';
import { useApp } from '../context';

/** How many have read one's own message (既読): as on LINE without a number where there is one other. */
export function ReadMark(props: { seq: number | undefined }) {
  const { cards, readMarks, route, t } = useApp();
  const readers = createMemo(() => (props.seq === undefined ? undefined : readMarks().get(props.seq)));
  const isTwo = () => route.room()?.kind === 'direct' && (route.room()?.users?.length ?? 0) <= 2;
  const words = () => t().readMark(isTwo() ? null : readers()!);
  return (
    <span class="read-mark">
      <Show when={readers() !== undefined}>
        <Show when={!isTwo()} fallback={<span data-testid="read-mark">{words()}</span>}>
          <button type="button" data-testid="read-mark" aria-label={`${words()} – ${t().whoRead}`} aria-haspopup="dialog"
            onClick={(event) => cards.show({ about: 'readers', seq: props.seq!, anchor: event.currentTarget })}>{words()}</button>
        </Show>
      </Show>
    </span>
  );
}
