import { createSignal, Show } from 'solid-js';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { Rename } from '../dialogs/rename';
import { GearIcon } from '../icons';
import { LanguageButton } from '../language-button';

export function Profile() {
  const { client, panes, t } = useApp();
  const [renaming, setRenaming] = createSignal(false);
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
      <LanguageButton />
      <button class="icon-button" type="button" data-testid="settings" classList={{ dotted: (client.workspace.openReports() ?? 0) > 0 }} aria-label={t().settings} title={t().settings}
        onClick={() => panes.showDialog('settings')}><GearIcon /></button>
      <Show when={renaming()}><Rename close={() => setRenaming(false)} /></Show>
    </footer>
  );
}
