import { createSignal, Show } from 'solid-js';
import { Notifications } from '../../browser/notifications';
import { useApp } from '../context';
import { useNoticeWords } from '../use-notice-words';
import { createBadge } from './create-badge';
import { createNotices } from './create-notices';
import './notices.css';

/** Tells of messages while one looks elsewhere, and asks for that the first time there is something to tell. */
export default function Notices() {
  const { notices } = useApp();
  const words = useNoticeWords();
  const [missed, setMissed] = createSignal(false);
  createBadge();
  createNotices(() => setMissed(true));
  const offers = () => missed() && notices.isOn === null && ['default', 'granted'].includes(Notifications.permission);
  const turnOn = async () => {
    notices.isOn = await Notifications.ask() === 'granted';
  };
  return (
    <Show when={offers()}>
      <section class="notice-offer" data-testid="notice-offer" aria-label={words().notifications}>
        <p role="status">{words().offer}</p>
        <div class="actions">
          <button class="quiet" type="button" data-testid="notice-not-now" onClick={() => (notices.isOn = false)}>{words().notNow}</button>
          <button class="primary" type="button" data-testid="notice-turn-on" onClick={turnOn}>{words().turnOn}</button>
        </div>
      </section>
    </Show>
  );
}
