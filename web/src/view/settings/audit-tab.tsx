import { createSignal, For, Show } from 'solid-js';
import type { AuditEntry } from '../../account/answers';
import { wordOf } from '../../i18n/account/words';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { useAccountWords } from '../use-account-words';

const page = 50;

/** Every administrative act, the newest first. */
export function AuditTab() {
  const { api, dates, t } = useApp();
  const words = useAccountWords();
  const asking = createAsking();
  const [entries, setEntries] = createSignal<readonly AuditEntry[]>([]);
  const [more, setMore] = createSignal(false);
  const read = async () => {
    const answer = await asking.ask(() => api.audit(entries().at(-1)?.id ?? null, page));
    if (answer === null) return;
    setEntries([...entries(), ...answer.audit]);
    setMore(answer.audit.length === page);
  };
  void read();
  // By their ids: a name may be somebody else's by today.
  const isOneself = (entry: AuditEntry) => entry.byId !== undefined && entry.byId === entry.subjectId;
  const who = (entry: AuditEntry) => entry.by ?? words().byOperator;
  return (
    <>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="listing" data-testid="audit">
        <For each={entries()} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noAudit}</li>}>
          {(entry) => (
            <li>
              <div class="listing-text">
                <strong title={[entry.byId, isOneself(entry) ? undefined : entry.subjectId].filter(Boolean).join(' · ')}>{[who(entry), wordOf(words().acts, entry.act), isOneself(entry) ? undefined : entry.subject].filter(Boolean).join(' · ')}</strong>
                <span>{[dates().short(entry.at), entry.detail].filter(Boolean).join(' · ')}</span>
              </div>
            </li>
          )}
        </For>
      </ul>
      <Show when={more()}>
        <div class="actions"><button class="quiet" type="button" data-testid="audit-older" disabled={asking.busy()} onClick={read}>{words().older}</button></div>
      </Show>
    </>
  );
}
