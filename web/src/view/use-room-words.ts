import type { Accessor } from 'solid-js';
import { roomWords, type RoomWords } from '../i18n/room/words';
import { useApp } from './context';

/** The words about rooms and the people in them, in the page's language. */
export function useRoomWords(): Accessor<RoomWords> {
  const { language } = useApp();
  return () => roomWords[language()];
}
