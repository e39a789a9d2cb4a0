import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type FilesWords = Words<typeof en>;

export const filesWords: Record<Language, FilesWords> = { en, ja };
