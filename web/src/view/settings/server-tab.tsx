import { createSignal, Show } from 'solid-js';
import { wordOf } from '../../i18n/account/words';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { Choice } from './choice';
import { createListing } from './create-listing';

const policies = ['invitation', 'open', 'closed'];
const fates = ['keep', 'erase'];

/** What the owner has decided for everybody. */
export function ServerTab() {
  const { api, client } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.settings);
  const [saved, setSaved] = createSignal(false);
  const isOwner = () => client.workspace.you()?.role === 'owner';
  const set = async (settings: Parameters<typeof api.changeSettings>[0]) => {
    setSaved(false);
    setSaved((await change(() => api.changeSettings(settings))) !== null);
  };
  return (
    <>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <Show when={answer()}>
        {(settings) => (
          <>
            <Choice label={words().signUp} value={settings().signup} disabled={!isOwner()} testid="signup-policy"
              options={policies.map((key) => [key, wordOf(words().signUps, key)])} pick={(signup) => set({ signup })} />
            <Choice label={words().departed} value={settings().departed} disabled={!isOwner()} testid="departed"
              options={fates.map((key) => [key, wordOf(words().departeds, key)])} pick={(departed) => set({ departed })} />
          </>
        )}
      </Show>
      <p class="about" role="status" data-testid="settings-saved">{saved() ? words().saved : isOwner() ? '' : words().ownersOnly}</p>
    </>
  );
}
