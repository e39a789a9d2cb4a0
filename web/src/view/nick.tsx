import { Show } from 'solid-js';
import { codeName } from '../model/deception/hidden';
import { pretenders } from '../model/deception/look-alikes';
import { useApp } from './context';
import { Plain } from './plain';

/** A name that somebody chose, apart from the direction of what stands around it, and with a mark where it may be taken for another one. */
export function Nick(props: { name: string }) {
  const { t } = useApp();
  const letters = () => pretenders(props.name).map((letter) => `${letter} ${codeName(letter.codePointAt(0)!)}`).join(', ');
  return (
    <bdi>
      <Plain text={props.name} />
      <Show when={letters()}><span class="look-alike" data-testid="look-alike" role="img" aria-label={t().lookAlike(letters())} title={t().lookAlike(letters())}>≈</span></Show>
    </bdi>
  );
}
