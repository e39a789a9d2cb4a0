import type { Message, Reaction } from '../wire/types';

/** What one has done to a message and the log does not say yet. */
export type PendingAct =
  | { readonly kind: 'edit'; readonly body: string; readonly at: number }
  | { readonly kind: 'react'; readonly emoji: string; readonly on: boolean }
  | { readonly kind: 'pin'; readonly on: boolean }
  | { readonly kind: 'delete'; readonly at: number };

/** The message as it will be once these acts are in the log, in their order. */
export function foreseen<M extends Omit<Message, 'seq' | 'post'>>(message: M, acts: readonly PendingAct[]): M {
  return acts.reduce((message, act) => after(message, act), message);
}

function after<M extends Omit<Message, 'seq' | 'post'>>(message: M, act: PendingAct): M {
  // What was deleted meanwhile takes nothing any more.
  if (message.body === undefined) return message;
  switch (act.kind) {
    case 'edit': return { ...message, body: act.body, edited: act.at };
    case 'pin': return { ...message, pinned: act.on || undefined };
    case 'delete': return { ...message, body: undefined, erased: true, deleted: act.at, pinned: undefined, reactions: undefined };
    case 'react': {
      const reactions = toggled(message.reactions ?? [], act.emoji, act.on);
      return { ...message, reactions: reactions.length === 0 ? undefined : reactions };
    }
  }
}

function toggled(reactions: readonly Reaction[], emoji: string, on: boolean): readonly Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (known === undefined) return on ? [...reactions, { emoji, count: 1, mine: true }] : reactions;
  if ((known.mine ?? false) === on) return reactions;
  const changed: Reaction = { emoji, count: known.count + (on ? 1 : -1), mine: on || undefined };
  return reactions.map((reaction) => (reaction === known ? changed : reaction)).filter((reaction) => reaction.count > 0);
}
