import { createSignal } from 'solid-js';
import { errorWords } from '../../i18n/language';
import type { Room } from '../../model/room';
import type { Typed } from '../../model/writing/slash';
import { useApp } from '../context';

type Act = Exclude<Typed, { kind: 'post' }>;

/** What stands behind a slash, done; and what went wrong with it, in words. */
export function createCommands(room: () => Room) {
  const { client, language, route, t } = useApp();
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string | null>(null);

  const missing = async (name: Extract<Act, { kind: 'command' }>['name']) => {
    const { writingWords } = await import('../../i18n/writing/words');
    const { commands, missing } = writingWords[language()];
    return missing(`/${name} ${commands[name].argument}`);
  };
  const carryOut = async ({ name, argument }: Extract<Act, { kind: 'command' }>): Promise<string | null> => {
    const { runCommand } = await import('../../client/run-command');
    const answer = await runCommand(client, room().id, name, argument);
    switch (answer.op) {
      case 'error': setTrouble(errorWords(t(), answer.code, answer.retryAfter)); return null;
      case 'usage': setTrouble(await missing(answer.name)); return null;
      // A slash alone lists all that there is.
      case 'help': return '/';
      case 'open': if (answer.room !== room().id) route.open(answer.room); return '';
      case 'ok': return '';
    }
  };
  return {
    busy,
    trouble,
    forget: () => setTrouble(null),
    /** Whether it is done in one's name: who has none yet is asked first. */
    needsName: (typed: Typed) => typed.kind === 'post' || (typed.kind === 'command' && typed.name !== 'nick' && typed.name !== 'help'),
    /** What stays in the field; null: all of it. */
    async run(typed: Act): Promise<string | null> {
      setTrouble(null);
      if (typed.kind === 'unknown') {
        setTrouble(t().unknownCommand(typed.name));
        return null;
      }
      setBusy(true);
      try {
        return await carryOut(typed);
      } catch (error) {
        // A part of the page that did not come: the bar above says so.
        console.error(error);
        setTrouble(t().errors.unreachable);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
