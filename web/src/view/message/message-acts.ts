import { copyPlain } from '../../browser/clipboard';
import { splitBehind } from '../../model/file-lines';
import { messageRights, type MessageRights } from '../../model/message-rights';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { startWriting } from '../composer/focus';
import type { Row } from '../room/row';
import { usedEmoji } from './recent-emoji';

/** A message that is there, in the room that it was said in. */
export interface Subject {
  readonly room: Room;
  /** As it is shown. */
  readonly row: Row;
  /** Among the messages of its thread. */
  readonly isInThread?: boolean;
}

export interface MessageActs {
  /** What may be done with it, as far as is known. */
  rights(): MessageRights;
  react(emoji: string, on?: boolean): void;
  reply(): void;
  openThread(): void;
  edit(): void;
  pin(): void;
  remove(): void;
  copyText(): Promise<boolean>;
  copyLink(): Promise<boolean>;
}

/** The verbs of the toolbar and the menu; each leaves the focus where one goes on. */
export function createMessageActs(subject: Subject): MessageActs {
  const { client, keys, route } = useApp();
  const { workspace, messages, conversation, deletions } = client;
  const id = () => subject.room.id;
  const seq = () => subject.row.seq!;
  return {
    rights: () => messageRights(
      subject.room, workspace.you(), { isMine: workspace.isMe(subject.row.from.id), isThere: subject.row.body !== undefined && subject.row.seq !== undefined },
      (user) => workspace.blocks.has(user), Date.now(),
    ),
    react(emoji, on) {
      const mine = subject.row.reactions?.find((reaction) => reaction.emoji === emoji)?.mine ?? false;
      if (on === mine) return;
      if (!mine) usedEmoji(keys, emoji);
      void messages.react(id(), seq(), emoji, !mine);
    },
    reply() {
      conversation.reply(id(), seq());
      startWriting();
    },
    openThread: () => conversation.openThread(id(), subject.row.thread ?? seq()),
    edit: () => conversation.beginEdit(id(), seq(), splitBehind(subject.row.body ?? '').text, subject.isInThread ?? false),
    pin: () => void messages.pin(id(), seq(), !subject.row.pinned),
    remove: () => deletions.ask(id(), seq()),
    copyText: () => copyPlain(subject.row.body ?? ''),
    copyLink: () => copyPlain(route.permalink(id(), seq())),
  };
}
