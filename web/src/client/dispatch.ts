import type { Outbox } from '../outbox/outbox';
import { keepsOrder } from '../model/rights';
import type { Workspace } from '../model/workspace';
import type { EventFrame, ServerFrame, WelcomeFrame } from '../wire/server-frames';
import type { RoomId, You } from '../wire/types';
import { unreachable } from '../wire/unreachable';
import type { Conversation } from './conversation';
import type { Leavings } from './leavings';
import type { Pace } from './pace';
import type { People } from './people';
import type { Quotes } from './quotes';
import type { Reader } from './reader';
import type { ReplyCounts } from './reply-counts';
import type { Requests } from './requests';

export interface Receivers {
  readonly workspace: Workspace;
  readonly outbox: Outbox;
  readonly requests: Requests;
  readonly reader: Reader;
  readonly pace: Pace;
  readonly people: People;
  readonly quotes: Quotes;
  readonly replyCounts: ReplyCounts;
  readonly conversation: Conversation;
  readonly leavings: Leavings;
}

/** Each frame to whom it concerns. `gap` says that an event is missing. */
export function dispatch(frame: ServerFrame, to: Receivers): 'ok' | 'gap' {
  switch (frame.op) {
    case 'welcome': welcome(frame, to); break;
    case 'ev': return event(frame, to);
    case 'partial':
      to.workspace.partial(frame);
      missed(frame.room, to);
      break;
    case 'reset':
      to.workspace.reset(frame);
      missed(frame.room, to);
      break;
    case 'room': to.workspace.enter(frame.room); break;
    case 'gone':
      to.workspace.remove(frame.room);
      to.people.gone(frame.room);
      missed(frame.room, to);
      break;
    case 'read': to.workspace.read(frame); break;
    case 'user':
      to.workspace.renamed(frame.user);
      to.people.renamed(frame.user);
      break;
    case 'block': to.workspace.blocks.changed(frame.user.id, frame.on); break;
    case 'reports': to.workspace.reports(frame.open); break;
    case 'you': identity(frame.you, to); break;
    case 'ok':
      if (frame.you !== undefined) identity(frame.you, to);
      if (!to.outbox.answered(frame)) to.requests.answered(frame);
      break;
    case 'error':
      if (!to.outbox.answered(frame)) to.requests.answered(frame);
      break;
    case 'history':
    case 'rooms':
    case 'who':
    case 'members':
    case 'bans':
    case 'links':
    case 'blocks':
    case 'receipts':
    case 'mentions':
    case 'pins':
    case 'search':
      to.people.answered(frame);
      to.requests.answered(frame);
      break;
    case 'eph': to.people.beside(frame); break;
    // The events that follow say it all; the connection itself listens for the other two.
    case 'resumed':
    case 'pong':
    case 'bye':
      break;
    default: return unreachable(frame);
  }
  return 'ok';
}

function welcome(frame: WelcomeFrame, { workspace, outbox, requests, reader, pace, people, quotes, replyCounts, conversation, leavings }: Receivers): void {
  const isAnother = workspace.isAnother(frame.you);
  // What somebody else has asked for and read is not done in this one's name.
  if (isAnother) {
    requests.abandon();
    reader.forget();
    pace.forget();
    conversation.forget();
  }
  leavings.adopt(frame.you.id);
  // Before the rooms are there: whoever looks at one asks then.
  people.begin();
  workspace.welcome(frame);
  outbox.adopt(frame.you.id ?? 'nobody', !frame.you.guest);
  people.welcome();
  if (isAnother) missed(undefined, { quotes, replyCounts });
  else quotes.begin();
  // A position that was told just before the connection broke may not have arrived.
  for (const info of frame.rooms) {
    const room = workspace.room(info.id);
    if (room?.member && room.read > info.read) reader.tell(room.id, room.read);
  }
}

/** What is known of messages beside the log is not known to be true any more. @param room Undefined: in all rooms. */
function missed(room: RoomId | undefined, { quotes, replyCounts }: Pick<Receivers, 'quotes' | 'replyCounts'>): void {
  quotes.forget(room);
  replyCounts.forget(room);
}

function identity(you: You, { workspace, outbox, people, leavings }: Receivers): void {
  leavings.adopt(you.id);
  workspace.setYou(you);
  people.youChanged();
  outbox.adopt(you.id ?? 'nobody', !you.guest);
}

function event(frame: EventFrame, { workspace, outbox, pace, people }: Receivers): 'ok' | 'gap' {
  const verdict = workspace.event(frame);
  if (verdict === 'apply') people.event(frame);
  if (verdict === 'apply' && frame.type === 'post' && workspace.isMe(frame.from.id)) {
    outbox.arrived(frame);
    const room = workspace.room(frame.room);
    if (room?.slow !== undefined && !keepsOrder(room, workspace.you())) pace.posted(room.id, frame.ts, room.slow);
  } else if (verdict === 'apply' && frame.type === 'slow') {
    pace.forget(frame.room);
  }
  return verdict === 'gap' ? 'gap' : 'ok';
}
