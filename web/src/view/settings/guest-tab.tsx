import { Show } from 'solid-js';
import type { Form } from '../../account/entrance';
import { useApp } from '../context';
import { NoticeSettings } from '../notices/notice-settings';
import { useAccountWords } from '../use-account-words';
import { BlockedTab } from './blocked-tab';
import { ConnectionNote } from './connection-note';
import { WritingTab } from './writing-tab';

/** Somebody without an account, and how to get one. */
export function GuestTab(props: { close: () => void }) {
  const { client, entrance } = useApp();
  const words = useAccountWords();
  const go = (form: Form) => {
    props.close();
    entrance.show(form);
  };
  return (
    <Show when={entrance.sign()}>
      {(sign) => (
        <Show when={sign().access !== 'token'} fallback={<p>{words().appNote}</p>}>
          <p class="about">{words().guestNote}</p>
          <Show when={sign().signup !== 'open'}><p class="about" data-testid="guest-closed">{words().closedNote}</p></Show>
          <div class="actions">
            <button class="quiet" type="button" data-testid="guest-log-in" onClick={() => go('log-in')}>{words().haveAccount}</button>
            <Show when={sign().signup === 'open'}>
              <button class="primary" type="button" data-testid="guest-sign-up" onClick={() => go('sign-up')}>{words().makeAccount}</button>
            </Show>
          </div>
          <Show when={client.workspace.you()?.id}><details class="part"><summary>{words().blocked}</summary><BlockedTab /></details></Show>
          <details class="part"><summary>{words().writing}</summary><WritingTab /></details>
          <details class="part"><summary data-testid="guest-notices">{words().notifications}</summary><NoticeSettings /></details>
          <ConnectionNote />
        </Show>
      )}
    </Show>
  );
}
