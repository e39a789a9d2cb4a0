import { createResource, createSignal, For, onCleanup, Show } from 'solid-js';
import { copyText } from '../../../browser/clipboard';
import { useApp } from '../../context';
import { Plain } from '../../plain';

/** Code, at once as it is; its colours come when they are here, and move nothing. */
export function CodeBlock(props: { text: string; language: string }) {
  const { t } = useApp();
  const [colours] = createResource(() => props.language !== '' && { ...props }, async ({ text, language }) => {
    const { highlight } = await import('./highlight');
    return highlight(text, language);
  });
  // Read without waiting: nothing around it is to be taken away meanwhile.
  const tokens = () => (colours.state === 'ready' ? colours.latest : null);
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (event: MouseEvent & { currentTarget: HTMLButtonElement }) => {
    const button = event.currentTarget;
    const field = document.createElement('textarea');
    field.className = 'unseen';
    field.value = props.text;
    button.after(field);
    setCopied(await copyText(props.text, field));
    field.remove();
    button.focus();
    timer = setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <div class="code-block" data-testid="code">
      {/* Code is read from left to right in every language. */}
      <pre dir="ltr" tabindex="0" role="group" aria-label={props.language || t().code}><code>
        <Show when={tokens()} fallback={<Plain text={props.text} />}>
          {(tokens) => <For each={tokens()}>{({ scope, text }) => <Show when={scope} fallback={<Plain text={text} />}><span class={`hl-${scope}`}><Plain text={text} /></span></Show>}</For>}
        </Show>
      </code></pre>
      <button class="copy-code" type="button" data-testid="copy-code" onClick={copy}><span role="status">{copied() ? t().codeCopied : t().copyCode}</span></button>
    </div>
  );
}
