import { createSignal, Show } from 'solid-js';
import { dictionaries } from '../../i18n/language';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { Rename } from '../dialogs/rename';

export function Profile() {
  const { client, language, setLanguage, t } = useApp();
  const [renaming, setRenaming] = createSignal(false);
  const other = () => (language() === 'ja' ? 'en' : 'ja');
  return (
    <footer class="profile">
      <Show when={client.workspace.you()}>
        {(you) => (
          <button class="profile-name" type="button" data-testid="profile" title={t().rename} aria-label={`${you().nick} – ${t().rename}`}
            onClick={() => setRenaming(true)}>
            <Avatar id={you().id ?? ''} name={you().nick} /><span>{you().nick}</span>
          </button>
        )}
      </Show>
      <button class="language" type="button" data-testid="language" lang={other()} title={t().switchLanguage}
        onClick={() => setLanguage(other())}>{dictionaries[other()].language}</button>
      <Show when={renaming()}><Rename close={() => setRenaming(false)} /></Show>
    </footer>
  );
}
