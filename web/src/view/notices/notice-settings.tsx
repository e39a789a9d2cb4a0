import { createSignal, Match, Show, Switch } from 'solid-js';
import { chime } from '../../browser/chime';
import { Notifications } from '../../browser/notifications';
import { useApp } from '../context';
import { useNoticeWords } from '../use-notice-words';

/** Whether this device tells of messages, and how. */
export function NoticeSettings() {
  const { notices } = useApp();
  const words = useNoticeWords();
  const [permission, setPermission] = createSignal(Notifications.permission);
  const isOn = () => notices.isOn === true && permission() === 'granted';
  const turn = async (box: HTMLInputElement) => {
    if (box.checked) setPermission(await Notifications.ask());
    notices.isOn = box.checked && permission() === 'granted';
    box.checked = isOn();
  };
  const turnSound = (on: boolean) => {
    notices.hasSound = on;
    if (on) chime();
  };
  return (
    <>
      <p class="about">{words().about}</p>
      <Switch fallback={
        <label class="tick"><input type="checkbox" data-testid="notices-on" checked={isOn()} onChange={(event) => turn(event.currentTarget)} />{words().isOn}</label>
      }>
        <Match when={permission() === 'absent'}><p role="status">{words().absent}</p></Match>
        <Match when={permission() === 'denied'}><p role="status" data-testid="notices-denied">{words().denied}</p></Match>
      </Switch>
      <Show when={isOn()}>
        <label class="tick"><input type="checkbox" data-testid="notices-sound" checked={notices.hasSound} onChange={(event) => turnSound(event.currentTarget.checked)} />{words().sound}</label>
      </Show>
    </>
  );
}
