import { createMemo, createSignal, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useApp } from '../context';
import { Dialog } from '../dialogs/dialog';
import { useAccountWords } from '../use-account-words';
import { AccountTab } from './account-tab';
import { AuditTab } from './audit-tab';
import { BlockedTab } from './blocked-tab';
import { GuestTab } from './guest-tab';
import { InvitationsTab } from './invitations-tab';
import { NoticeSettings } from '../notices/notice-settings';
import { PeopleTab } from './people-tab';
import { ReportsTab } from './reports-tab';
import { ServerTab } from './server-tab';
import { SessionsTab } from './sessions-tab';
import { Tabs } from './tabs';
import { TokensTab } from './tokens-tab';
import { WritingTab } from './writing-tab';
import './settings.css';

const own = {
  account: AccountTab, writing: WritingTab, notifications: NoticeSettings, sessions: SessionsTab, tokens: TokensTab, blocked: BlockedTab,
} as const;
const administration = { reports: ReportsTab, people: PeopleTab, invitations: InvitationsTab, server: ServerTab, audit: AuditTab } as const;
const all = { ...own, ...administration };

export type TabName = keyof typeof all;

/** One's account, and for who administers the server the server's. */
export default function Settings(props: { open?: TabName; close: () => void }) {
  const { client, entrance, t } = useApp();
  const words = useAccountWords();
  const [tab, setTab] = createSignal<TabName>(props.open ?? 'account');
  const you = () => client.workspace.you();
  const administers = () => you()?.role === 'owner' || you()?.role === 'admin';
  const names = createMemo(() => Object.keys(administers() ? all : own) as TabName[]);
  const label = (name: TabName) => {
    const waiting = name === 'reports' ? client.workspace.openReports() ?? 0 : 0;
    return waiting === 0 ? words()[name] : `${words()[name]} (${waiting})`;
  };
  onMount(() => void entrance.readSign());
  return (
    <Dialog title={t().settings} wide close={props.close}>
      <Show when={you() !== null && !you()!.guest} fallback={<GuestTab close={props.close} />}>
        <Tabs names={names()} open={tab()} pick={setTab} label={label} />
        <section id="settings-panel" class="settings-panel" role="tabpanel" aria-labelledby={`tab-${tab()}`}>
          <Dynamic component={all[tab()]} />
        </section>
      </Show>
    </Dialog>
  );
}
