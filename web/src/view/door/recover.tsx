import { createSignal } from 'solid-js';
import { judgeLength } from '../../account/password-length';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';

/** A code in place of a password that was lost, and the new one at once. */
export function Recover() {
  const { entrance, t } = useApp();
  const words = useAccountWords();
  const [nick, setNick] = createSignal('');
  const [code, setCode] = createSignal('');
  const [password, setPassword] = createSignal('');
  const asking = createAsking();
  const length = () => judgeLength(password());
  const recover = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => entrance.recover(nick().trim(), code().trim(), password()));
  };
  const isReady = () => !asking.busy() && nick().trim() !== '' && code().trim() !== '' && (length() === 'enough' || length() === 'good');
  return (
    <form onSubmit={recover} data-testid="recover">
      <Field label={t().name} value={nick()} input={setNick} name="username" autocomplete="username" testid="recover-nick" focus="select" />
      <Field label={words().code} hint={words().recoverHint} value={code()} input={setCode} name="one-time-code" testid="recover-code" />
      <Field label={words().newPassword} hint={words().length[length()]} error={asking.error()} value={password()} input={setPassword}
        type="password" name="password" autocomplete="new-password" testid="recover-password" />
      <button class="primary wide" type="submit" data-testid="recover-confirm" disabled={!isReady()}>{words().goIn}</button>
      <p class="door-ways">
        <button class="link" type="button" data-testid="to-log-in" onClick={() => entrance.show('log-in')}>{words().back}</button>
      </p>
    </form>
  );
}
