import { createSignal, type Accessor } from 'solid-js';
import { errorWords } from '../../i18n/language';
import type { ErrorFrame } from '../../wire/server-frames';
import { useApp } from '../context';

type Good<T> = Exclude<T, ErrorFrame>;

export interface Asking {
  readonly busy: Accessor<boolean>;
  /** Words for the error of the last answer. */
  readonly error: Accessor<string | null>;
  /** Asks unless an answer is still awaited; null then, and after an error. */
  ask<T extends { readonly op: string }>(request: () => Promise<T | ErrorFrame>): Promise<Good<T> | null>;
}

/** What every form that asks the server something needs: one question at a time, and the answer's error in words. */
export function createAsking(): Asking {
  const { t } = useApp();
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<ErrorFrame | null>(null);
  return {
    busy,
    error: () => (wrong() === null ? null : errorWords(t(), wrong()!.code, wrong()!.retryAfter)),
    async ask<T extends { readonly op: string }>(request: () => Promise<T | ErrorFrame>) {
      if (busy()) return null;
      setBusy(true);
      setWrong(null);
      const answer = await request();
      setBusy(false);
      if (!isError(answer)) return answer as Good<T>;
      setWrong(answer);
      return null;
    },
  };
}

/** The answer to a question that a view asks when it opens; null until it is here. */
export function createAnswer<T extends { readonly op: string }>(
  asking: Asking, request: () => Promise<T | ErrorFrame>,
): Accessor<Good<T> | null> {
  const [answer, setAnswer] = createSignal<Good<T> | null>(null);
  void asking.ask(request).then((answer) => setAnswer(() => answer));
  return answer;
}

function isError(answer: { readonly op: string }): answer is ErrorFrame {
  return answer.op === 'error';
}
