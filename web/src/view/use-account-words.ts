import type { Accessor } from 'solid-js';
import { accountWords, type AccountWords } from '../i18n/account/words';
import { useApp } from './context';

/** The words at the door and of the settings, in the page's language. */
export function useAccountWords(): Accessor<AccountWords> {
  const { language } = useApp();
  return () => accountWords[language()];
}
