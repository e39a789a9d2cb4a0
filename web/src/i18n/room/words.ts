import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type RoomWords = Words<typeof en>;

export const roomWords: Record<Language, RoomWords> = { en, ja };
