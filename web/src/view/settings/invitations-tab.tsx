import { createSignal, For, Show } from 'solid-js';
import { invitationLink } from '../../account/invitation';
import { wordOf } from '../../i18n/account/words';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { Choice } from './choice';
import { createListing } from './create-listing';
import { InvitationCard } from './invitation-card';
import { endOf } from './lifetimes';

const uses = [1, 5, 25, 100, 1000];
const lives = ['1', '7', '30', '90'];

export function InvitationsTab() {
  const { api, client, dates, t } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.invitations);
  const [role, setRole] = createSignal('member');
  const [people, setPeople] = createSignal('1');
  const [life, setLife] = createSignal('7');
  const [link, setLink] = createSignal<string | null>(null);
  const roles = () => (client.workspace.you()?.role === 'owner' ? ['member', 'admin', 'owner'] : ['member']);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const made = await change(() => api.makeInvitation(role(), Number(people()), endOf(life(), Date.now())!));
    if (made !== null) setLink(invitationLink(location.origin, made.secret));
  };
  return (
    <>
      <p class="about">{words().invitationsAbout}</p>
      <form class="making" onSubmit={make}>
        <Choice label={words().uses} value={people()} pick={setPeople} testid="invite-uses" options={uses.map((n) => [String(n), words().people_(n)])} />
        <Choice label={words().expires} value={life()} pick={setLife} testid="invite-life" options={lives.map((key) => [key, wordOf(words().lives, key)])} />
        <Show when={roles().length > 1}>
          <Choice label={words().as} value={role()} pick={setRole} testid="invite-role" options={roles().map((key) => [key, wordOf(words().role, key)])} />
        </Show>
        <button class="primary" type="submit" data-testid="invite-make" disabled={asking.busy()}>{words().invite}</button>
      </form>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <Show when={link()}>{(link) => <InvitationCard link={link()} />}</Show>
      <ul class="listing" data-testid="invitations">
        <For each={answer()?.invitations} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noInvitations}</li>}>
          {(invitation) => (
            <li>
              <div class="listing-text">
                <strong>{wordOf(words().role, invitation.role)} · {words().used(invitation.uses, invitation.maxUses)}</strong>
                <span>{invitation.by ?? words().byOperator} · {words().until(dates().short(invitation.expires))}</span>
              </div>
              <button class="danger" type="button" data-testid="invite-revoke" disabled={asking.busy()}
                onClick={() => change(() => api.revokeInvitation(invitation.id))}>{words().revoke}</button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
