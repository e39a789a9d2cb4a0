import { createSignal, createUniqueId } from 'solid-js';
import { copyText } from '../../browser/clipboard';
import { useAccountWords } from '../use-account-words';

/** Something that is shown this once, with a button that copies it. */
export function Secret(props: { label: string; note: string; text: string; testid: string }) {
  const words = useAccountWords();
  const id = createUniqueId();
  const [copied, setCopied] = createSignal(false);
  let field!: HTMLInputElement;
  const copy = async () => setCopied(await copyText(props.text, field));
  return (
    <div class="secret" role="status">
      <label for={id}>{props.label}</label>
      <div class="secret-row">
        <input id={id} ref={field} type="text" readonly data-testid={props.testid} value={props.text} onFocus={() => field.select()} />
        <button class="primary" type="button" data-testid={`${props.testid}-copy`} onClick={copy}>{copied() ? words().copied : words().copy}</button>
      </div>
      <p>{props.note}</p>
    </div>
  );
}
