import type { Accessor } from 'solid-js';
import { findingWords, type FindingWords } from '../i18n/finding/words';
import { useApp } from './context';

/** The words about finding rooms, people, messages and keys, in the page's language. */
export function useFindingWords(): Accessor<FindingWords> {
  const { language } = useApp();
  return () => findingWords[language()];
}
