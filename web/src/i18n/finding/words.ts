import type { Language } from '../language';
import type { Words } from '../dictionary';
import { en } from './en';
import { ja } from './ja';

export type FindingWords = Words<typeof en>;

export const findingWords: Record<Language, FindingWords> = { en, ja };
