import { notifies, type Notify } from '../../model/notify';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { Choice } from '../settings/choice';
import { useNoticeWords } from '../use-notice-words';

/** Of what in this room one wants to be told, on this device. */
export function RoomNotice(props: { room: Room }) {
  const { notices } = useApp();
  const words = useNoticeWords();
  return (
    <Choice label={words().tellMe} value={notices.of(props.room)} testid="room-notice" options={notifies.map((wish) => [wish, words().wishes[wish]])}
      pick={(wish) => notices.choose(props.room, wish as Notify)} />
  );
}
