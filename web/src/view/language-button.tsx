import { dictionaries } from '../i18n/language';
import { useApp } from './context';

export function LanguageButton() {
  const { language, setLanguage, t } = useApp();
  const other = () => (language() === 'ja' ? 'en' : 'ja');
  return (
    <button class="language" type="button" data-testid="language" lang={other()} title={t().switchLanguage}
      onClick={() => setLanguage(other())}>{dictionaries[other()].language}</button>
  );
}
