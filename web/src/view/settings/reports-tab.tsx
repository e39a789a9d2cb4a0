import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { Done, ReportInfo } from '../../account/answers';
import { wordOf } from '../../i18n/account/words';
import type { ErrorFrame } from '../../wire/server-frames';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { useAccountWords } from '../use-account-words';
import { Choice } from './choice';
import { ReportCard } from './report-card';

const states = ['open', 'resolved'];

/** What people have reported: the message as it was, and what is done about it. */
export function ReportsTab() {
  const { api, client, t } = useApp();
  const words = useAccountWords();
  const asking = createAsking();
  const [state, setState] = createSignal('open');
  const [reports, setReports] = createSignal<readonly ReportInfo[]>([]);
  const [more, setMore] = createSignal(false);
  const [said, setSaid] = createSignal('');
  /** Whether the list was asked for while another answer was awaited, which may be of another list. */
  let again = false;
  const read = async (before: number | null) => {
    if (asking.busy()) return void (again = true);
    const page = await asking.ask(() => api.reports(state(), before));
    if (page !== null && !again) {
      setReports((held) => [...(before === null ? [] : held), ...page.reports]);
      setMore(page.more);
    }
    if (!again) return;
    again = false;
    await read(null);
  };
  // Another administrator may be at work as well: the server tells when there are more or fewer.
  createEffect(on([state, client.workspace.openReports], () => void read(null)));
  const change = async (request: () => Promise<Done | ErrorFrame>, done = '') => {
    setSaid('');
    const answer = await asking.ask(request);
    if (answer !== null) setSaid(done);
    if (answer === null && !again) return;
    again = false;
    await read(null);
  };
  return (
    <>
      <Choice label={words().reportState} value={state()} pick={setState} testid="report-state" options={states.map((key) => [key, wordOf(words().reportStates, key)])} />
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <p class="done" role="status" data-testid="report-done">{said()}</p>
      <ul class="reports" data-testid="reports">
        <For each={reports()} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noReports}</li>}>
          {(report) => <ReportCard report={report} busy={asking.busy()} change={change} />}
        </For>
      </ul>
      <Show when={more()}>
        <div class="actions"><button class="quiet" type="button" data-testid="reports-older" disabled={asking.busy()} onClick={() => read(reports().at(-1)!.id)}>{words().older}</button></div>
      </Show>
    </>
  );
}
