import { Match, onMount, Show, Suspense, Switch } from 'solid-js';
import { useApp } from '../context';
import { part } from '../part';

const Switcher = part(() => import('../finding/switcher'));
const Directory = part(() => import('../finding/directory'));
const EnterByKey = part(() => import('./enter-by-key'));
const Help = part(() => import('../help/help'));
const Mentions = part(() => import('../people/mentions'));
const Settings = part(() => import('../settings/settings'));

/** The dialogs that a key opens from anywhere, so that they stand beside nothing that may be hidden. */
export function Dialogs() {
  const { panes } = useApp();
  const close = () => panes.showDialog(null);
  // Opened many times a day, and meant to be there at once.
  onMount(() => (window.requestIdleCallback ?? setTimeout)(() => void Switcher.preload()));
  return (
    <Suspense>
      <Switch>
        <Match when={panes.dialog() === 'switcher'}><Switcher close={close} /></Match>
        <Match when={panes.dialog() === 'directory'}><Directory close={close} /></Match>
        <Match when={panes.dialog() === 'help'}><Help close={close} /></Match>
        <Match when={panes.dialog() === 'mentions'}><Mentions close={close} /></Match>
        <Match when={panes.dialog() === 'settings'}><Settings close={close} /></Match>
        <Match when={panes.dialog() === 'invitations'}><Settings open="invitations" close={close} /></Match>
      </Switch>
      <Show when={panes.keyed()} keyed>{(room) => <EnterByKey room={room} close={() => panes.askKey(null)} />}</Show>
    </Suspense>
  );
}
