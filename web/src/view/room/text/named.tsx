import { nickKey } from '../../../model/people/nick-key';
import { useApp } from '../../context';

/** Somebody who is named; oneself is seen from afar. */
export function Mention(props: { name: string }) {
  const { client } = useApp();
  const key = () => nickKey(props.name);
  const me = () => key() === 'everyone' || key() === nickKey(client.workspace.you()?.nick ?? '');
  return <bdi class="mention" classList={{ me: me() }} data-testid="mention">@{props.name}</bdi>;
}

/** A room that is named, and leads there by the page's address. */
export function RoomName(props: { name: string }) {
  const { client } = useApp();
  const slug = () => [...client.workspace.rooms().values()].find((room) => nickKey(room.slug ?? '') === nickKey(props.name))?.slug ?? props.name;
  return <a class="room-name-link" data-testid="room-link" href={`#${encodeURIComponent(slug())}`}><bdi>#{props.name}</bdi></a>;
}
