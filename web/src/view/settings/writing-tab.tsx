import { useApp } from '../context';
import { chooseEnter, enterChoice, type EnterChoice } from '../composer/enter-choice';
import { useWritingWords } from '../use-writing-words';
import { Choice } from './choice';

/** How one writes in this browser. */
export function WritingTab() {
  const { keys } = useApp();
  const words = useWritingWords();
  return (
    <>
      <Choice label={words().enter} value={enterChoice(keys)} testid="enter-choice" pick={(value) => chooseEnter(keys, value as EnterChoice)}
        options={[['sends', words().enterSends], ['breaks', words().enterBreaks]]} />
      <p class="about">{words().enterAbout}</p>
    </>
  );
}
