import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type MessageWords = Words<typeof en>;

export const messageWords: Record<Language, MessageWords> = { en, ja };
