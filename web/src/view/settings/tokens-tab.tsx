import { createSignal, For, Show } from 'solid-js';
import type { AccessToken } from '../../account/answers';
import { wordOf } from '../../i18n/account/words';
import { useApp } from '../context';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';
import { Choice } from './choice';
import { createListing } from './create-listing';
import { endOf } from './lifetimes';
import { Secret } from './secret';

const scopes = ['read', 'write', 'admin'];
const lives = ['7', '30', '90', '365', '0'];

export function TokensTab() {
  const { api, dates, t } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.tokens);
  const [name, setName] = createSignal('');
  const [scope, setScope] = createSignal('write');
  const [life, setLife] = createSignal('90');
  const [secret, setSecret] = createSignal<{ readonly name: string; readonly text: string } | null>(null);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const made = await change(() => api.makeToken(name().trim(), scope(), endOf(life(), Date.now())));
    if (made === null) return;
    setSecret({ name: name().trim(), text: made.secret });
    setName('');
  };
  const about = (token: AccessToken) => [
    wordOf(words().scopes, token.scope),
    token.used === undefined ? words().never : words().lastUsed(dates().short(token.used)),
    ...(token.expires === undefined ? [] : [words().until(dates().short(token.expires))]),
  ].join(' · ');
  return (
    <>
      <p class="about">{words().tokensAbout}</p>
      <form class="making" onSubmit={make}>
        <Field label={words().tokenName} value={name()} input={setName} error={asking.error()} testid="token-name" />
        <Choice label={words().scope} value={scope()} pick={setScope} testid="token-scope" options={scopes.map((key) => [key, wordOf(words().scopes, key)])} />
        <Choice label={words().expires} value={life()} pick={setLife} testid="token-life" options={lives.map((key) => [key, wordOf(words().lives, key)])} />
        <button class="primary" type="submit" data-testid="token-make" disabled={asking.busy() || name().trim() === ''}>{words().make}</button>
      </form>
      <Show when={secret()}>{(made) => <Secret label={made().name} note={words().tokenOnce} text={made().text} testid="token-secret" />}</Show>
      <ul class="listing" data-testid="tokens">
        <For each={answer()?.tokens} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noTokens}</li>}>
          {(token) => (
            <li>
              <div class="listing-text"><strong>{token.name}</strong><span>{about(token)}</span></div>
              <button class="danger" type="button" data-testid="token-revoke" disabled={asking.busy()}
                onClick={() => change(() => api.revokeToken(token.id))}>{words().revoke}</button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
