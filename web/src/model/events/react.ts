import type { ReactEvent } from '../../wire/server-frames';
import type { Reaction } from '../../wire/types';
import { changeMessage } from '../messages';
import type { Room } from '../room';

/** One reaction for each user, message and emoji: what is so already is no event, so each event counts. */
export function react(room: Room, event: ReactEvent, mine: boolean): Room {
  return changeMessage(room, event.target, event.seq, (message) => {
    const reactions = counted(message.reactions ?? [], event, mine);
    return { ...message, reactions: reactions.length === 0 ? undefined : reactions };
  });
}

function counted(reactions: readonly Reaction[], { emoji, on }: ReactEvent, mine: boolean): readonly Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (known === undefined) return on ? [...reactions, { emoji, count: 1, mine: mine || undefined }] : reactions;
  const changed: Reaction = { emoji, count: known.count + (on ? 1 : -1), mine: (mine ? on : known.mine) || undefined };
  return reactions.map((reaction) => (reaction === known ? changed : reaction)).filter((reaction) => reaction.count > 0);
}
