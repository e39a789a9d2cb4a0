import { For, Show } from 'solid-js';
import type { Done, ReportInfo } from '../../account/answers';
import { wordOf } from '../../i18n/account/words';
import type { ErrorFrame } from '../../wire/server-frames';
import { useApp } from '../context';
import { ConfirmButton } from '../details/confirm-button';
import { useAccountWords } from '../use-account-words';

const resolutions = ['dismissed', 'acted'];

interface ReportCardProps {
  readonly report: ReportInfo;
  readonly busy: boolean;
  /** @param said What is told when it is done. */
  readonly change: (request: () => Promise<Done | ErrorFrame>, said?: string) => void;
}

/** One report: who said what and where, who reported it and why, and what can be done. */
export function ReportCard(props: ReportCardProps) {
  const { api, client, dates, t } = useApp();
  const words = useAccountWords();
  const { id, at, by, reason, room, message, resolution } = props.report;
  const author = message.from;
  return (
    <li class="report" data-testid="report-card">
      <p class="report-where">{words().reportedBy(author.nick, room.kind === 'direct' ? t().directMessages : room.title, dates().short(message.ts))}</p>
      <blockquote data-testid="report-body">{message.body ?? words().reportErased}</blockquote>
      <p class="report-by"><strong>{by.nick}</strong> · {dates().short(at)}<Show when={reason}><br />{reason}</Show></p>
      <Show when={resolution === undefined} fallback={<p class="report-by">{wordOf(words().resolvedAs, resolution!)} · {props.report.resolver?.nick}</p>}>
        <div class="act-row">
          <For each={resolutions}>
            {(key) => (
              <button class="quiet" type="button" data-testid={`resolve-${key}`} disabled={props.busy} onClick={() => props.change(() => api.resolveReport(id, key))}>
                {wordOf(words().resolutions, key)}
              </button>
            )}
          </For>
          <Show when={!client.workspace.isMe(author.id)}>
            <ConfirmButton class="danger" words={words().purge(author.nick)} sure={words().purgeSure} testid="purge" disabled={props.busy}
              act={() => props.change(() => api.purge(author.id, false), words().purged(author.nick))} />
            <ConfirmButton class="danger" words={words().purgeOut(author.nick)} sure={words().purgeSure} testid="purge-out" disabled={props.busy}
              act={() => props.change(() => api.purge(author.id, true), words().purgedOut(author.nick))} />
          </Show>
        </div>
      </Show>
    </li>
  );
}
