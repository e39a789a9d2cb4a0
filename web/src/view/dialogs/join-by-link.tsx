import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

/** Somebody came by a link into a room: whoever has no name yet chooses one, and then they are in, or read why they are not. */
export function JoinByLink() {
  const { client, route, t, wayIn } = useApp();
  const [nick, setNick] = createSignal(client.workspace.you()?.nick ?? '');
  const [joining, setJoining] = createSignal(false);
  const asking = createAsking();
  const naming = createAsking();
  const ready = createMemo(() => client.status() === 'online' && client.workspace.you() !== null);
  const isNameless = createMemo(() => client.workspace.you()?.id === null);
  const join = async () => {
    if (joining()) return;
    setJoining(true);
    const joined = await asking.ask(() => client.rooms.joinByLink(wayIn.secret()!));
    if (joined === null) return;
    if (joined.room !== undefined) route.open(joined.room);
    wayIn.done();
  };
  const name = async (event: SubmitEvent) => {
    event.preventDefault();
    await naming.ask(() => client.rename(nick().trim()));
  };
  createEffect(on(ready, (ready) => ready && setNick(client.workspace.you()!.nick)));
  createEffect(() => ready() && !isNameless() && void join());
  return (
    <Dialog title={t().joinTitle} close={() => wayIn.done()}>
      <Show when={ready() && isNameless()} fallback={
        <Show when={joining() && asking.error()} fallback={<p class="listing-empty" role="status">{t().joining}</p>}>
          {(wrong) => (
            <>
              <p class="wrong join-wrong" role="alert" data-testid="join-wrong">{wrong()}</p>
              <div class="actions"><button class="primary" type="button" onClick={() => wayIn.done()}>{t().close}</button></div>
            </>
          )}
        </Show>
      }>
        <form onSubmit={name}>
          <Field label={t().yourName} hint={t().yourNameHint} error={naming.error()} value={nick()} input={setNick} testid="join-nick" focus="select" />
          <div class="actions">
            <button class="quiet" type="button" onClick={() => wayIn.done()}>{t().cancel}</button>
            <button class="primary" type="submit" data-testid="join-confirm" disabled={naming.busy() || nick().trim() === ''}>{t().joinConfirm}</button>
          </div>
        </form>
      </Show>
    </Dialog>
  );
}
