import { createSignal, Show } from 'solid-js';
import { whyNoPasskeys } from '../../browser/passkeys';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';
import { PasskeyWay } from './passkey-way';

export function LogIn() {
  const { entrance, t } = useApp();
  const words = useAccountWords();
  const [nick, setNick] = createSignal('');
  const [password, setPassword] = createSignal('');
  const asking = createAsking();
  const logIn = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => entrance.logIn(nick().trim(), password()));
  };
  const maySignUp = () => entrance.invitation() !== null || entrance.sign()?.signup === 'open';
  const hasPasskeys = () => whyNoPasskeys(entrance.sign()?.passkeys ?? false) === null;
  return (
    <form onSubmit={logIn} data-testid="log-in">
      <Field label={t().name} value={nick()} input={setNick} name="username" autocomplete="username webauthn" testid="log-in-nick" focus="select" />
      <Field label={words().password} value={password()} input={setPassword} error={asking.error()} type="password" name="password"
        autocomplete="current-password" testid="log-in-password" />
      <button class="primary wide" type="submit" data-testid="log-in-confirm" disabled={asking.busy() || nick().trim() === '' || password() === ''}>
        {words().logIn}
      </button>
      <Show when={hasPasskeys()}><PasskeyWay asking={asking} /></Show>
      <p class="door-ways">
        <button class="link" type="button" data-testid="to-recover" onClick={() => entrance.show('recover')}>{words().forgotten}</button>
        <Show when={maySignUp()} fallback={<span>{words().closedNote}</span>}>
          <button class="link" type="button" data-testid="to-sign-up" onClick={() => entrance.show('sign-up')}>{words().makeAccount}</button>
        </Show>
      </p>
    </form>
  );
}
