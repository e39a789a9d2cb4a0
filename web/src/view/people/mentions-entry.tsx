import { useApp } from '../context';
import { AtIcon } from '../icons';
import { CountBadge } from './count-badge';

/** The way to where one was named, with how often since one read there. */
export function MentionsEntry() {
  const { client, panes, t } = useApp();
  return (
    <button class="room-entry mentions-entry" type="button" data-testid="mentions" aria-haspopup="dialog" onClick={() => panes.showDialog('mentions')}>
      <AtIcon />
      <span class="room-name">{t().mentions}</span>
      <CountBadge count={client.people.mentioned()} label={t().mentionsHere(client.people.mentioned())} testid="mentions-total" />
    </button>
  );
}
