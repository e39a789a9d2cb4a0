import { Match, Show, Switch } from 'solid-js';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { LockIcon } from '../icons';
import { CountBadge } from '../people/count-badge';
import { useFindingWords } from '../use-finding-words';
import type { Place } from './places';

interface PlaceOptionProps {
  readonly id: string;
  readonly place: Place;
  readonly chosen: boolean;
  readonly point: () => void;
  readonly pick: () => void;
}

/** One line of the switcher. Mouse and keys move the same mark: a pointer that merely lies there moves nothing. */
export function PlaceOption(props: PlaceOptionProps) {
  const { client, t } = useApp();
  const words = useFindingWords();
  const room = () => (props.place.kind === 'room' ? props.place.room : undefined);
  const person = () => {
    const { place } = props;
    if (place.kind === 'person') return place.user.id;
    if (place.kind === 'nick') return '';
    return room()?.kind === 'direct' ? room()!.users?.find((user) => !client.workspace.isMe(user.id))?.id ?? room()!.id : undefined;
  };
  const hint = () => ({ room: '', public: words().notJoined, person: words().person, nick: '' })[props.place.kind];
  return (
    <li id={props.id} class="place" role="option" data-testid="place" aria-selected={props.chosen} classList={{ fresh: props.place.unread > 0 }}
      onMouseMove={() => !props.chosen && props.point()} onClick={() => props.pick()}>
      <Switch fallback={<span class="hash" aria-hidden="true">#</span>}>
        <Match when={person() !== undefined}><Avatar id={person()!} name={props.place.title} /></Match>
        <Match when={room()?.kind === 'private'}><LockIcon /></Match>
      </Switch>
      <span class="place-title">{props.place.kind === 'nick' ? words().nickTyped(props.place.title) : props.place.title}</span>
      <small>{props.place.about}</small>
      <Show when={hint()}><span class="place-hint">{hint()}</span></Show>
      <Show when={props.place.mentions > 0} fallback={<CountBadge count={props.place.unread} label={t().unread(props.place.unread)} quiet={room()?.kind !== 'direct'} testid="place-unread" />}>
        <CountBadge count={props.place.mentions} label={`${t().mentionsHere(props.place.mentions)}, ${t().unread(props.place.unread)}`} testid="place-called" />
      </Show>
    </li>
  );
}
