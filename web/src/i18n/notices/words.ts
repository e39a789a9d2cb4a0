import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type NoticeWords = Words<typeof en>;

export const noticeWords: Record<Language, NoticeWords> = { en, ja };
