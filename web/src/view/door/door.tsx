import { createEffect, createMemo, Match, onMount, Show, Switch } from 'solid-js';
import { useApp } from '../context';
import { AnchorIcon } from '../icons';
import { LanguageButton } from '../language-button';
import { useAccountWords } from '../use-account-words';
import { LogIn } from './log-in';
import { Recover } from './recover';
import { SignUp } from './sign-up';
import './door.css';

/** What stands before the rooms of somebody who is not in yet, or not any more. */
export default function Door() {
  const { client, entrance, t, wayIn } = useApp();
  const words = useAccountWords();
  const member = createMemo(() => {
    const you = client.workspace.you();
    return client.status() === 'online' && you !== null && !you.guest ? you : null;
  });
  const title = () => {
    switch (entrance.form()) {
      case 'sign-up': return words().makeAccount;
      case 'recover': return words().recoverTitle;
      default: return words().logInTitle;
    }
  };
  createEffect(() => (document.title = `${title()} – Minato`));
  // Who has an account already needs the other half of such a link only, and is asked about it inside.
  createEffect(() => member() !== null && entrance.form() === 'sign-up' && wayIn.secret() !== null && entrance.close());
  onMount(() => void (entrance.sign() ?? entrance.readSign()));
  return (
    <main class="door" data-testid="door">
      <div class="door-card">
        <header>
          <p class="door-brand"><AnchorIcon /><span>Minato</span><span class="brand-kanji" lang="ja">港</span></p>
          <LanguageButton />
        </header>
        <h1>{title()}</h1>
        <Show when={entrance.ended()}><p class="door-note" role="status" data-testid="ended">{words().ended}</p></Show>
        <Show when={wayIn.secret() !== null && !(entrance.form() === 'sign-up' && entrance.invitation() !== null)}><p class="door-note" data-testid="room-waits">{words().roomWaits}</p></Show>
        <Switch fallback={<LogIn />}>
          <Match when={entrance.form() === 'sign-up' && member()}>
            {(you) => (
              <>
                <p class="door-note">{words().insideAlready(you().nick)}</p>
                <button class="primary wide" type="button" data-testid="go-on" onClick={() => entrance.close()}>{words().goOn(you().nick)}</button>
              </>
            )}
          </Match>
          <Match when={entrance.form() === 'sign-up'}><SignUp /></Match>
          <Match when={entrance.form() === 'recover'}><Recover /></Match>
        </Switch>
        <Show when={client.status() === 'online' && !member()}>
          <button class="quiet wide" type="button" data-testid="not-now" onClick={() => entrance.close()}>{words().notNow}</button>
        </Show>
        <Show when={client.status() === 'waiting'}><p class="door-note" role="status">{t().reconnecting}</p></Show>
      </div>
    </main>
  );
}
