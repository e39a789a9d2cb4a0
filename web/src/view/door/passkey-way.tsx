import { onCleanup, onMount } from 'solid-js';
import { offersInFields, signByPasskey } from '../../browser/passkeys';
import { useApp } from '../context';
import type { Asking } from '../dialogs/answer';
import { useAccountWords } from '../use-account-words';

/** How long a passkey waits in the name's list, in milliseconds: the server takes an answer for five minutes. */
const renewal = 240_000;

/** The way in without name or password. Where the browser can, the field of the name offers it as well. */
export function PasskeyWay(props: { asking: Asking }) {
  const { api, entrance } = useApp();
  const words = useAccountWords();
  let asked = new AbortController();
  const sign = async (mediation: 'optional' | 'conditional') => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const question = await api.askForPasskey();
    if (question.op === 'error' || signal.aborted) return question;
    const credential = await signByPasskey(question.options, mediation, signal);
    return credential === null ? null : { ceremony: question.ceremony, credential };
  };
  const offer = async () => {
    if (!(await offersInFields())) return;
    const signed = await sign('conditional');
    if (signed === null || 'op' in signed) return;
    // One that is refused is offered again with the next renewal: nothing here may ask on and on by itself.
    await props.asking.ask(() => entrance.logInByPasskey(signed.ceremony, signed.credential));
  };
  const press = async () => {
    const opened = await props.asking.ask(async () => {
      const signed = await sign('optional');
      if (signed === null) return { op: 'none' } as const;
      return 'op' in signed ? signed : await entrance.logInByPasskey(signed.ceremony, signed.credential);
    });
    if (opened?.op !== 'opened') void offer();
  };
  onMount(() => {
    void offer();
    const timer = setInterval(() => props.asking.busy() || void offer(), renewal);
    onCleanup(() => {
      clearInterval(timer);
      asked.abort();
    });
  });
  return (
    <button class="quiet wide" type="button" data-testid="log-in-passkey" disabled={props.asking.busy()} onClick={press}>{words().logInByPasskey}</button>
  );
}
