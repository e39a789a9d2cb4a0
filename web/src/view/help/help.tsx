import { For, type JSX } from 'solid-js';
import { isApple } from '../../browser/platform';
import { keyNames, shortcuts, type Chord, type Group } from '../../model/shortcuts';
import { Dialog } from '../dialogs/dialog';
import { useFindingWords } from '../use-finding-words';
import './help.css';

const groups: readonly Group[] = ['finding', 'reading', 'page'];
const menu: Chord = { shift: true, key: 'F10' };

/** What keys do, from the very table by which they do it. */
export default function Help(props: { close: () => void }) {
  const words = useFindingWords();
  return (
    <Dialog title={words().help} close={props.close}>
      <div class="help" data-testid="help">
        <For each={groups}>
          {(group) => (
            <Keys title={words().groups[group]}>
              <For each={shortcuts.filter((shortcut) => shortcut.group === group)}>
                {(shortcut) => <Key about={words().acts[shortcut.act]} keys={keyNames(shortcut, isApple)} />}
              </For>
            </Keys>
          )}
        </For>
        <Keys title={words().inList}>
          <Key about={words().listKeys.move} keys={['↑', '↓']} />
          <Key about={words().listKeys.letters} keys={[words().listKeys.letter]} />
          <Key about={words().listKeys.menu} keys={keyNames(menu, isApple)} />
        </Keys>
      </div>
    </Dialog>
  );
}

function Keys(props: { title: string; children: JSX.Element }) {
  return <section><h3>{props.title}</h3><dl>{props.children}</dl></section>;
}

function Key(props: { about: string; keys: readonly string[] }) {
  return (
    <div class="key-row"><dt>{props.about}</dt><dd><For each={props.keys}>{(key) => <kbd>{key}</kbd>}</For></dd></div>
  );
}
