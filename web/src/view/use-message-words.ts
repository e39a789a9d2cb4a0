import type { Accessor } from 'solid-js';
import { messageWords, type MessageWords } from '../i18n/message/words';
import { useApp } from './context';

/** The words about what is done with messages, in the page's language. */
export function useMessageWords(): Accessor<MessageWords> {
  const { language } = useApp();
  return () => messageWords[language()];
}
