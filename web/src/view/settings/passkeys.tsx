import { createSignal, For, Show } from 'solid-js';
import type { Passkeys as Answer, PasskeyInfo } from '../../account/answers';
import { deviceName } from '../../account/device-name';
import { makePasskey, whyNoPasskeys } from '../../browser/passkeys';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';
import { createListing, type Listing } from './create-listing';

/** The keys that open one's account, and a new one; or why there can be none here. */
export function Passkeys() {
  const { api, entrance, t } = useApp();
  const words = useAccountWords();
  const listing = createListing(api.passkeys);
  const why = () => whyNoPasskeys(entrance.sign()?.passkeys ?? false);
  return (
    <details class="part" data-testid="passkeys-part">
      <summary>{words().passkeys}</summary>
      <p class="about">{words().passkeysAbout}</p>
      <Show when={listing.asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="listing" data-testid="passkeys">
        <For each={listing.answer()?.passkeys} fallback={<li class="listing-empty">{listing.asking.busy() ? t().loading : words().noPasskeys}</li>}>
          {(passkey) => <Kept passkey={passkey} listing={listing} />}
        </For>
      </ul>
      <Show when={why()} fallback={<Making listing={listing} />}>
        {(reason) => <p class="about" data-testid="passkeys-missing">{words().noPasskeysHere[reason()](location.port === '' ? 'http://localhost' : `http://localhost:${location.port}`)}</p>}
      </Show>
    </details>
  );
}

function Kept(props: { passkey: PasskeyInfo; listing: Listing<Answer> }) {
  const { api, dates } = useApp();
  const words = useAccountWords();
  const [name, setName] = createSignal<string | null>(null);
  const { asking, change } = props.listing;
  const about = () => [
    props.passkey.used === undefined ? words().never : words().lastUsed(dates().short(props.passkey.used)),
    ...(props.passkey.synced ? [words().synced] : []),
  ].join(' · ');
  const rename = async (event: SubmitEvent) => {
    event.preventDefault();
    if ((await change(() => api.renamePasskey(props.passkey.id, name()!.trim()))) !== null) setName(null);
  };
  return (
    <li>
      <Show when={name() !== null} fallback={
        <>
          <div class="listing-text"><strong>{props.passkey.name}</strong><span>{about()}</span></div>
          <button class="quiet" type="button" data-testid="passkey-rename" onClick={() => setName(props.passkey.name)}>{words().rename}</button>
          <button class="danger" type="button" data-testid="passkey-delete" disabled={asking.busy()}
            onClick={() => change(() => api.deletePasskey(props.passkey.id))}>{words().deletePasskey}</button>
        </>
      }>
        <form class="making" onSubmit={rename}>
          <Field label={words().passkeyName} value={name() ?? ''} input={setName} testid="passkey-new-name" focus="select" />
          <button class="primary" type="submit" data-testid="passkey-rename-confirm" disabled={asking.busy() || name()?.trim() === ''}>{words().rename}</button>
        </form>
      </Show>
    </li>
  );
}

function Making(props: { listing: Listing<Answer> }) {
  const { api, client } = useApp();
  const words = useAccountWords();
  const [name, setName] = createSignal(deviceName(navigator.userAgent));
  const [password, setPassword] = createSignal('');
  const [isDone, setDone] = createSignal<boolean | null>(null);
  const asking = createAsking();
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    setDone(null);
    const added = await asking.ask(async () => {
      const asked = await api.askForNewPasskey(password());
      if (asked.op === 'error') return asked;
      const credential = await makePasskey(asked.options);
      return credential === null ? { op: 'none' } as const : await api.addPasskey(asked.ceremony, credential, name().trim());
    });
    if (added === null) return;
    setDone(added.op === 'done');
    setPassword('');
    if (added.op === 'done') await props.listing.change(() => Promise.resolve(added));
  };
  return (
    <form onSubmit={add}>
      {/* A password manager has to know whose password it is. */}
      <input hidden type="text" name="username" autocomplete="username" value={client.workspace.you()?.nick ?? ''} readonly />
      <Field label={words().passkeyName} value={name()} input={setName} testid="passkey-name" />
      <Field label={words().currentPassword} error={asking.error()} value={password()} input={setPassword} type="password" name="password"
        autocomplete="current-password" testid="passkey-password" />
      <div class="actions">
        <button class="primary" type="submit" data-testid="passkey-add" disabled={asking.busy() || name().trim() === '' || password() === ''}>{words().addPasskey}</button>
      </div>
      <Show when={isDone() !== null}>
        <p class="done" role="status" data-testid="passkey-done">{isDone() ? words().passkeyAdded : words().passkeyNotMade}</p>
      </Show>
    </form>
  );
}
