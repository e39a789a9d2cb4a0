import type { Dictionary } from './dictionary';
import { en } from './en';
import { ja } from './ja';

export type Language = 'en' | 'ja';

export const dictionaries: Record<Language, Dictionary> = { en, ja };

/** The one remembered, else the first of the browser's that we speak, else English. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language {
  return [remembered ?? '', ...preferred].map(primary).find(isLanguage) ?? 'en';
}

/** The language as it is written where the person lives: `en-GB` has other dates than `en`. */
export function chooseLocale(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => primary(tag) === language) ?? language;
}

/** @param retryAfter Milliseconds. A moment is not worth a number. */
export function errorWords(dictionary: Dictionary, code: string, retryAfter = 0): string {
  if (code === 'rate_limited' && retryAfter >= 1_000) return dictionary.tooFast(Math.ceil(retryAfter / 1_000));
  const errors: Readonly<Record<string, string>> = dictionary.errors;
  return Object.hasOwn(errors, code) ? errors[code]! : dictionary.errors.unknown;
}

function primary(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === 'en' || tag === 'ja';
}
