import { createSignal, For } from 'solid-js';
import type { Create, NewcomersSee } from '../../wire/client-frames';
import { useApp } from '../context';
import { LockIcon } from '../icons';
import { Choice } from '../settings/choice';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

/** What newcomers see where nobody has chosen, as the server thinks right for the kind. */
const usual: Record<Create['kind'], NewcomersSee> = { public: 'all', private: 'joined' };

export function CreateRoom(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const [slug, setSlug] = createSignal('');
  const [title, setTitle] = createSignal('');
  const [topic, setTopic] = createSignal('');
  const [kind, setKind] = createSignal<Create['kind']>('public');
  const [chosen, setChosen] = createSignal<NewcomersSee | null>(null);
  const history = () => chosen() ?? usual[kind()];
  const asking = createAsking();
  const create = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = slug().trim().replace(/^#/u, '');
    const made = await asking.ask(() => client.rooms.create(kind(), name, title().trim() || name, chosen() ?? undefined));
    if (made === null) return;
    if (made.room !== undefined) {
      if (topic().trim() !== '') void client.rooms.setTopic(made.room, topic().trim());
      route.open(made.room);
    }
    props.close();
  };
  const kinds = () => [
    ['public', t().kindPublic, t().kindPublicAbout],
    ['private', t().kindPrivate, t().kindPrivateAbout],
  ] as const;
  return (
    <Dialog title={t().newRoom} close={props.close}>
      <form onSubmit={create}>
        <Field label={t().roomName} hint={t().roomNameHint} error={asking.error()} value={slug()} input={setSlug}
          testid="room-name" focus="select" />
        <fieldset class="kinds">
          <legend>{t().kind}</legend>
          <For each={kinds()}>
            {([value, words, about]) => (
              <label class="kind">
                <input type="radio" name="kind" value={value} data-testid={`room-${value}`} checked={kind() === value} onChange={() => setKind(value)} />
                <strong>{value === 'private' ? <LockIcon /> : <span class="hash" aria-hidden="true">#</span>}{words}</strong>
                <span>{about}</span>
              </label>
            )}
          </For>
        </fieldset>
        <Choice label={t().newcomersSee} value={history()} testid="room-history"
          options={[['all', t().newcomers.all], ['joined', t().newcomers.joined]]} pick={(value) => setChosen(value as NewcomersSee)} />
        <details class="part optional">
          <summary>{t().roomMore}</summary>
          <Field label={t().roomTitle} value={title()} input={setTitle} testid="room-title" />
          <Field label={t().roomTopic} value={topic()} input={setTopic} testid="room-topic" />
        </details>
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="room-create" disabled={asking.busy() || slug().trim() === ''}>
            {t().create}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
