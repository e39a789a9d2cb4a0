import type { Words } from '../dictionary';
import type { Language } from '../language';
import { en } from './en';
import { ja } from './ja';

export type WritingWords = Words<typeof en>;

export const writingWords: Record<Language, WritingWords> = { en, ja };
