import { createSignal, For, onMount, Show } from 'solid-js';
import { roomLink } from '../../account/invitation';
import { wordOf } from '../../i18n/account/words';
import { moderates } from '../../model/rights';
import type { Room } from '../../model/room';
import type { ErrorFrame, OkFrame } from '../../wire/server-frames';
import type { Link } from '../../wire/types';
import { useApp } from '../context';
import { Choice } from '../settings/choice';
import { createListing } from '../settings/create-listing';
import { InvitationCard } from '../settings/invitation-card';
import { endOf } from '../settings/lifetimes';
import { useAccountWords } from '../use-account-words';
import { useRoomWords } from '../use-room-words';

const uses = [1, 5, 25, 100, 1000];
const lives = ['1', '7', '30'];

/** The invitation that went out with a link, by their ids, for as long as this page is open: the server does not know that they belong together. */
const companions = new Map<string, string>();

/** The links into a room. Who may invite people to the server, too, makes one that does both. */
export function LinksPart(props: { room: Room }) {
  const { api, client, dates, entrance, t } = useApp();
  const words = useRoomWords();
  const common = useAccountWords();
  const { asking, answer, change } = createListing(() => client.questions.links(props.room.id));
  const [people, setPeople] = createSignal('25');
  const [life, setLife] = createSignal('7');
  const [both, setBoth] = createSignal(false);
  const [link, setLink] = createSignal<{ readonly id: string; readonly address: string } | null>(null);
  const you = () => client.workspace.you();
  const mayInvite = () => entrance.sign()?.access !== 'token' && (you()?.role === 'owner' || you()?.role === 'admin');
  onMount(() => void (entrance.sign() ?? entrance.readSign()));

  const until = () => endOf(life(), Date.now())!;
  /** The secret of an invitation to the server, if one is to go with the link. */
  let invitation: string | null = null;
  // The room's link first: what is refused of the two then leaves nothing that opens the server.
  const makeBoth = async (): Promise<OkFrame | ErrorFrame> => {
    invitation = null;
    const made = await client.rooms.makeLink(props.room.id, until(), Number(people()));
    if (made.op === 'error' || made.link === undefined || !mayInvite() || !both()) return made;
    const invited = await api.makeInvitation('member', Number(people()), made.link.until);
    if (invited.op === 'error') {
      await client.rooms.revokeLink(props.room.id, made.link.id);
      return invited;
    }
    invitation = invited.secret;
    companions.set(made.link.id, invited.id);
    return made;
  };
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const made = await change(makeBoth);
    if (made?.secret !== undefined) setLink({ id: made.link!.id, address: roomLink(location.origin, made.secret, invitation) });
  };
  // The way into the server first: if that fails, the link stays in the list, and can be revoked again.
  const revoke = async (id: string): Promise<OkFrame | ErrorFrame> => {
    const companion = companions.get(id);
    if (companion !== undefined) {
      const revoked = await api.revokeInvitation(companion);
      if (revoked.op === 'error' && revoked.code !== 'no_such_credential') return revoked;
      companions.delete(id);
    }
    if (link()?.id === id) setLink(null);
    return client.rooms.revokeLink(props.room.id, id);
  };
  const mayRevoke = (link: Link) => client.workspace.isMe(link.by.id) || moderates(props.room, you());
  return (
    <>
      <p class="about">{words().linksAbout}</p>
      <form class="making" onSubmit={make}>
        <Choice label={common().uses} value={people()} pick={setPeople} testid="link-uses" options={uses.map((n) => [String(n), common().people_(n)])} />
        <Choice label={common().expires} value={life()} pick={setLife} testid="link-life" options={lives.map((key) => [key, wordOf(common().lives, key)])} />
        <Show when={mayInvite()}>
          <label class="tick"><input type="checkbox" data-testid="link-account" checked={both()} onChange={(event) => setBoth(event.currentTarget.checked)} />{words().withAccount}</label>
          <Show when={both()}><p class="about">{words().withAccountAbout}</p></Show>
        </Show>
        <button class="primary" type="submit" data-testid="link-make" disabled={asking.busy()}>{words().makeLink}</button>
      </form>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <Show when={link()}>{(link) => <InvitationCard link={link().address} />}</Show>
      <ul class="listing" data-testid="links">
        <For each={answer()?.links} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noLinks}</li>}>
          {(link) => (
            <li>
              <div class="listing-text">
                <strong>{words().linkBy(client.workspace.names.of(link.by), link.used, link.uses)}</strong>
                <span>{common().until(dates().short(link.until))}</span>
              </div>
              <Show when={mayRevoke(link)}>
                <button class="danger" type="button" data-testid="link-revoke" disabled={asking.busy()}
                  onClick={() => change(() => revoke(link.id))}>{common().revoke}</button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
