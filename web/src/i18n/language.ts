import type { Dictionary } from './dictionary';
import { en } from './en';
import { ja } from './ja';

export type Language = 'en' | 'ja';

export const dictionaries: Record<Language, Dictionary> = { en, ja };

/** The one remembered, else the first of the browser's that we speak, else English. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language {
  return [remembered ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

export function errorWords(dictionary: Dictionary, code: string): string {
  const errors: Readonly<Record<string, string>> = dictionary.errors;
  return Object.hasOwn(errors, code) ? errors[code]! : dictionary.errors.unknown;
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === 'en' || tag === 'ja';
}
