import { errorWords } from '../../i18n/language';
import { useApp } from '../context';
import { CloseIcon } from '../icons';

/** Why a message that somebody wanted to see is not shown. */
export function Refused(props: { code: string; close: () => void }) {
  const { t } = useApp();
  const words = () => {
    if (props.code === 'not_kept') return t().notKept;
    return props.code === 'no_such_message' ? t().notThere : errorWords(t(), props.code);
  };
  return (
    <p class="log-refused" role="alert" data-testid="jump-refused">
      {words()}
      <button class="icon-button" type="button" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
    </p>
  );
}
