import { codeName, reveal } from '../model/deception/hidden';
import { useApp } from './context';

/** Text of somebody else's. What would not be seen, or would turn the rest around, is named instead. */
export function Plain(props: { text: string }) {
  const { t } = useApp();
  return (
    <>{reveal(props.text).map((part) => (typeof part === 'string' ? part : <span class="hidden-character" data-testid="hidden-character" title={t().hiddenCharacter}>{codeName(part.code)}</span>))}</>
  );
}
