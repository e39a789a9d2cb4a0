import { createSignal, For, Show } from 'solid-js';
import { copyText } from '../../browser/clipboard';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';

export function RecoveryCodes() {
  const { api } = useApp();
  const words = useAccountWords();
  const [password, setPassword] = createSignal('');
  const [codes, setCodes] = createSignal<readonly string[]>([]);
  const asking = createAsking();
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const made = await asking.ask(() => api.makeRecoveryCodes(password()));
    if (made === null) return;
    setPassword('');
    setCodes(made.codes);
  };
  return (
    <details class="part" data-testid="codes-part">
      <summary>{words().recoveryCodes}</summary>
      <p class="about">{words().recoveryAbout}</p>
      <Show when={codes().length > 0} fallback={
        <form onSubmit={make}>
          <Field label={words().currentPassword} error={asking.error()} value={password()} input={setPassword} type="password" name="password"
            autocomplete="current-password" testid="codes-password" />
          <div class="actions">
            <button class="primary" type="submit" data-testid="codes-make" disabled={asking.busy() || password() === ''}>{words().makeCodes}</button>
          </div>
        </form>
      }>
        <Sheet codes={codes()} />
      </Show>
    </details>
  );
}

/** The only thing on the page that is printed. */
function Sheet(props: { codes: readonly string[] }) {
  const { client } = useApp();
  const words = useAccountWords();
  const [copied, setCopied] = createSignal(false);
  let area!: HTMLTextAreaElement;
  const copy = async () => setCopied(await copyText(props.codes.join('\n'), area));
  return (
    <>
      <div class="sheet" role="status">
        <p class="sheet-title">{words().printed(client.workspace.you()?.nick ?? '', location.host)}</p>
        <ul data-testid="codes"><For each={props.codes}>{(code) => <li><code>{code}</code></li>}</For></ul>
      </div>
      <textarea ref={area} class="unseen" tabindex="-1" aria-hidden="true" readonly value={props.codes.join('\n')} />
      <p class="about">{words().codesOnce}</p>
      <div class="actions">
        <button class="quiet" type="button" onClick={() => print()}>{words().print}</button>
        <button class="primary" type="button" data-testid="codes-copy" onClick={copy}>{copied() ? words().copied : words().copy}</button>
      </div>
    </>
  );
}
