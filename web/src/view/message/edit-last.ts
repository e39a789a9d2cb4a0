import type { Client } from '../../client/client';
import type { Message, RoomId } from '../../wire/types';
import { splitBehind } from '../../model/file-lines';
import { messageRights } from '../../model/message-rights';
import { foreseen } from '../../model/pending-act';

/** Begins to edit the newest message of one's own that is held and may be edited, of the room or of `thread`; false where there is none. */
export function editLast({ workspace, conversation, deletions, messages }: Client, id: RoomId, thread?: readonly Message[]): boolean {
  const room = workspace.room(id);
  if (room === undefined) return false;
  const own = (thread ?? room.messages).findLast(({ seq, from, body }) => (
    workspace.isMe(from.id) && body !== undefined && !deletions.has(id, seq) && !messages.pending.of(id, seq).some((act) => act.kind === 'delete')));
  const may = own !== undefined && messageRights(room, workspace.you(), { isMine: true, isThere: true }, (user) => workspace.blocks.has(user), Date.now()).edit;
  // What is on its way is what one sees there.
  if (may) conversation.beginEdit(id, own.seq, splitBehind(foreseen(own, messages.pending.of(id, own.seq)).body!).text, thread !== undefined);
  return may;
}
