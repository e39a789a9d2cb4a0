import { createMemo, createSignal, For, Show } from 'solid-js';
import { knownPeople } from '../../model/known-people';
import { useApp } from '../context';
import { CloseIcon } from '../icons';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

/** Besides oneself; ten people are the most that the server puts into one. */
const most = 9;
/** Names that are offered while one types. */
const offered = 5;

/** A conversation with one to nine people, found by name: the same people always get the same one. */
export function NewMessage(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const [typed, setTyped] = createSignal('');
  const [nicks, setNicks] = createSignal<readonly string[]>([]);
  const [full, setFull] = createSignal(false);
  const asking = createAsking();
  const fresh = () => typed().trim().replace(/^@/u, '');
  const known = createMemo(() => knownPeople(client.workspace.rooms().values(), client.workspace.you()?.id ?? null).map((user) => client.workspace.names.of(user)));
  const matches = () => known().filter((nick) => nick.toLowerCase().startsWith(fresh().toLowerCase()) && !nicks().includes(nick)).slice(0, offered);
  const add = (nick: string) => {
    if (nick !== '' && !nicks().includes(nick)) {
      if (nicks().length === most) return void setFull(true);
      setNicks([...nicks(), nick]);
    }
    setTyped('');
  };
  const open = async (event: SubmitEvent) => {
    event.preventDefault();
    if (fresh() !== '') return add(fresh());
    const made = await asking.ask(() => client.rooms.direct(nicks()));
    if (made === null) return;
    if (made.room !== undefined) route.open(made.room);
    props.close();
  };
  return (
    <Dialog title={t().newMessage} close={props.close}>
      <form onSubmit={open}>
        <Show when={nicks().length > 0}>
          <ul class="chips" data-testid="chips">
            <For each={nicks()}>
              {(nick) => (
                <li class="chip">{nick}
                  <button class="icon-button" type="button" aria-label={t().takeOut(nick)} onClick={() => (setFull(false), setNicks(nicks().filter((other) => other !== nick)))}><CloseIcon /></button>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Field label={t().newMessageTo} hint={t().newMessageHint} error={full() ? t().newMessageFull : asking.error()} value={typed()} input={setTyped} testid="direct-nick" focus="select" />
        <ul class="listing people">
          <For each={matches()}>{(nick) => <li><button class="person" type="button" data-testid="direct-known" onClick={() => add(nick)}>{nick}</button></li>}</For>
        </ul>
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="direct-open" disabled={asking.busy() || (nicks().length === 0 && fresh() === '')}>
            {fresh() === '' ? t().newMessageOpen : t().add}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
