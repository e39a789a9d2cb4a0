import { createSignal, Show } from 'solid-js';
import { judgeLength } from '../../account/password-length';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';

export function SignUp() {
  const { client, entrance, t, wayIn } = useApp();
  const words = useAccountWords();
  const you = client.workspace.you();
  const [nick, setNick] = createSignal(you?.id != null ? you.nick : '');
  const [password, setPassword] = createSignal('');
  const asking = createAsking();
  const length = () => judgeLength(password());
  const signUp = async (event: SubmitEvent) => {
    event.preventDefault();
    const room = wayIn.secret();
    const opened = await asking.ask(() => entrance.signUp(nick().trim(), password()));
    if (opened !== null && room !== null) wayIn.agree(room);
  };
  const isReady = () => !asking.busy() && nick().trim() !== '' && length() !== 'none' && length() !== 'short';
  return (
    <form onSubmit={signUp} data-testid="sign-up">
      <Show when={entrance.invitation() !== null}>
        <p class="door-note" data-testid="invited">{wayIn.secret() === null ? words().invited : words().invitedToRoom}</p>
      </Show>
      <Field label={t().name} hint={words().nickHint} value={nick()} input={setNick} name="username" autocomplete="username"
        testid="sign-up-nick" focus="select" />
      <Field label={words().password} hint={words().length[length()]} value={password()} input={setPassword} type="password" name="password"
        autocomplete="new-password" testid="sign-up-password" />
      <Show when={asking.error()}>{(wrong) => <p class="wrong door-wrong" role="alert" data-testid="door-wrong">{wrong()}</p>}</Show>
      <button class="primary wide" type="submit" data-testid="sign-up-confirm" disabled={!isReady()}>{words().goIn}</button>
      <p class="door-ways">
        <button class="link" type="button" data-testid="to-log-in" onClick={() => entrance.show('log-in')}>{words().haveAccount}</button>
      </p>
    </form>
  );
}
