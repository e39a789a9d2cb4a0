import type { Accessor } from 'solid-js';
import { writingWords, type WritingWords } from '../i18n/writing/words';
import { useApp } from './context';

/** The words about writing, in the page's language. */
export function useWritingWords(): Accessor<WritingWords> {
  const { language } = useApp();
  return () => writingWords[language()];
}
