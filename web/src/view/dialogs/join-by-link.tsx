import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

/**
 * Somebody came by a link into a room, and goes in by a press: any page can send a browser here, and whoever made the room would
 * learn who it is. Whoever has no name yet chooses one; whoever has just made an account to go there has pressed already.
 */
export function JoinByLink(props: { secret: string }) {
  const { client, route, t, wayIn } = useApp();
  const { secret } = props;
  const [nick, setNick] = createSignal(client.workspace.you()?.nick ?? '');
  const asking = createAsking();
  const naming = createAsking();
  const ready = createMemo(() => client.status() === 'online' && client.workspace.you() !== null);
  const isNameless = createMemo(() => client.workspace.you()?.id === null);
  const busy = () => naming.busy() || asking.busy();
  const done = () => wayIn.done(secret);
  const join = async () => {
    if (isNameless() && (await naming.ask(() => client.rename(nick().trim()))) === null) return;
    const joined = await asking.ask(() => client.rooms.joinByLink(secret));
    if (joined === null) return;
    if (joined.room !== undefined) route.open(joined.room);
    done();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void join();
  };
  createEffect(on(ready, (ready) => ready && setNick(client.workspace.you()!.nick)));
  createEffect(on(() => ready() && wayIn.isAgreed(secret), (goes) => goes && void join()));
  return (
    <Dialog title={t().joinTitle} close={done}>
      <Show when={ready()} fallback={<p class="listing-empty" role="status">{t().loading}</p>}>
        <Show when={!asking.error()} fallback={
          <>
            <p class="wrong join-wrong" role="alert" data-testid="join-wrong">{asking.error()}</p>
            <div class="actions"><button class="primary" type="button" onClick={done}>{t().close}</button></div>
          </>
        }>
          <form onSubmit={submit}>
            <Show when={isNameless()}>
              <Field label={t().yourName} hint={t().yourNameHint} error={naming.error()} value={nick()} input={setNick} testid="join-nick" focus="select" />
            </Show>
            <div class="actions">
              <button class="quiet" type="button" onClick={done}>{t().cancel}</button>
              <button class="primary" type="submit" data-testid="join-confirm" disabled={busy() || nick().trim() === ''}>
                {isNameless() ? t().joinConfirm : t().joinAs(client.workspace.you()!.nick)}
              </button>
            </div>
          </form>
        </Show>
      </Show>
    </Dialog>
  );
}
