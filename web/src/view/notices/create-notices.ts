import { createEffect, onCleanup, untrack } from 'solid-js';
import { chime } from '../../browser/chime';
import { whenLeader } from '../../browser/leader';
import { Notifications } from '../../browser/notifications';
import { Sight } from '../../browser/sight';
import { createVisibility } from '../../browser/visibility';
import { find } from '../../model/messages';
import { withoutHidden } from '../../model/deception/hidden';
import { deservesNotice } from '../../model/notify';
import { plainText } from '../../model/plain-text';
import type { EventFrame } from '../../wire/server-frames';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { useNoticeWords } from '../use-notice-words';
import { RoomNotices } from './room-notices';

/**
 * Shows a notification for each room in which something was said that one wants to know of, and takes it away when it was read, here
 * or elsewhere. Of several tabs one does so for all.
 * @param missed Something was to be told, and nobody has been asked yet whether they want to be.
 */
export function createNotices(missed: () => void): void {
  const { client, language, notices, route, titleOf } = useApp();
  const { workspace } = client;
  const words = useNoticeWords();
  const visible = createVisibility();
  const notifications = new Notifications(({ room, seq }) => (location.hash = `#${room}/${seq}`));
  const sight = new Sight(() => (visible() ? route.id() : undefined));
  let leads = false;
  const roomNotices = new RoomNotices({
    sees: (room) => sight.sees(room),
    message: (room, seq) => find(workspace.room(room)?.messages ?? [], seq),
    isRead: (room, seq) => (workspace.room(room)?.read ?? Infinity) >= seq,
    mayShow() {
      if (!leads) return false;
      if (notices.isOn === null) missed();
      return notices.isOn === true && Notifications.permission === 'granted';
    },
    async show(id, { seq, from, body }, isNew) {
      const room = workspace.room(id)!;
      const nick = workspace.names.of(from);
      const title = room.kind === 'direct' && room.users?.length === 2 ? nick : words().title(nick, titleOf(room));
      await notifications.show({ tag: id, title: withoutHidden(title), body: plainText(body ?? ''), lang: language(), pointer: { room: id, seq }, isNew });
      if (isNew && notices.hasSound) chime();
    },
    close: (room) => void notifications.close(room),
  });

  const heard = (event: EventFrame) => {
    if (!leads) return;
    void roomNotices.heard(event);
    const room = workspace.room(event.room);
    if (event.type !== 'post' || room === undefined) return;
    const { from } = event;
    const occasion = {
      room, message: event, wish: notices.of(room), now: Date.now(),
      isMine: workspace.isMe(from.id), isBlocked: workspace.blocks.has(from.id), namesMe: client.people.namesMe(event.body ?? ''),
    };
    if (deservesNotice(occasion)) void roomNotices.tell(event.room, event.seq);
  };

  const letGo = whenLeader(() => {
    leads = true;
    // What a tab before this one has shown is this one's to take away.
    void notifications.shown().then((pointers) => {
      for (const { room, seq } of pointers) roomNotices.takeOver(room as RoomId, seq);
    });
  });
  onCleanup(workspace.listen((event) => untrack(() => heard(event))));
  createEffect(() => {
    workspace.rooms();
    untrack(() => roomNotices.closeRead());
  });
  onCleanup(() => {
    roomNotices.closeAll();
    leads = false;
    letGo();
    sight.close();
  });
}
