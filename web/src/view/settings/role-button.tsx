import { Show } from 'solid-js';
import { ConfirmButton } from '../details/confirm-button';
import { useAccountWords } from '../use-account-words';

interface RoleButtonProps {
  readonly nick: string;
  readonly held: string;
  /** The one chosen beside it: arrow keys run through roles on their way, so choosing alone gives none. */
  readonly chosen: string;
  readonly busy: boolean;
  readonly give: (role: string) => void;
}

/** Gives somebody the role that was chosen. Whoever makes an owner is asked: an owner can take the role of who gave it. */
export function RoleButton(props: RoleButtonProps) {
  const words = useAccountWords();
  return (
    <Show when={props.chosen !== props.held}>
      <Show when={props.chosen === 'owner'} fallback={
        <button class="quiet" type="button" data-testid="give-role" disabled={props.busy} onClick={() => props.give(props.chosen)}>{words().giveRole}</button>
      }>
        <ConfirmButton class="quiet" words={words().giveRole} sure={words().giveOwnerSure(props.nick)} testid="give-role" disabled={props.busy} act={() => props.give('owner')} />
      </Show>
    </Show>
  );
}
