import { createSignal, type Accessor } from 'solid-js';
import { errorWords } from '../../i18n/language';
import type { ErrorFrame } from '../../wire/server-frames';
import { useApp } from '../context';

export interface Asking {
  readonly busy: Accessor<boolean>;
  /** Words for the error of the last answer. */
  readonly error: Accessor<string | null>;
  /** Asks unless an answer is still awaited; null after an error. */
  ask<T extends { readonly op: string }>(request: () => Promise<T | ErrorFrame>): Promise<Exclude<T, ErrorFrame> | null>;
}

/** What every form that asks the server something needs: one question at a time, and the answer's error in words. */
export function createAsking(): Asking {
  const { t } = useApp();
  const [busy, setBusy] = createSignal(false);
  const [code, setCode] = createSignal<string | null>(null);
  return {
    busy,
    error: () => (code() === null ? null : errorWords(t(), code()!)),
    async ask(request) {
      if (busy()) return null;
      setBusy(true);
      setCode(null);
      const answer = await request();
      setBusy(false);
      if (answer.op !== 'error') return answer as Exclude<typeof answer, ErrorFrame>;
      setCode((answer as ErrorFrame).code);
      return null;
    },
  };
}
