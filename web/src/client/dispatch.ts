import type { Outbox } from '../outbox/outbox';
import { moderates } from '../model/rights';
import type { Workspace } from '../model/workspace';
import type { EventFrame, ServerFrame, WelcomeFrame } from '../wire/server-frames';
import type { You } from '../wire/types';
import { unreachable } from '../wire/unreachable';
import type { Pace } from './pace';
import type { Reader } from './reader';
import type { Requests } from './requests';

export interface Receivers {
  readonly workspace: Workspace;
  readonly outbox: Outbox;
  readonly requests: Requests;
  readonly reader: Reader;
  readonly pace: Pace;
}

/** Each frame to whom it concerns. `gap` says that an event is missing. */
export function dispatch(frame: ServerFrame, to: Receivers): 'ok' | 'gap' {
  switch (frame.op) {
    case 'welcome': welcome(frame, to); break;
    case 'ev': return event(frame, to);
    case 'partial': to.workspace.partial(frame); break;
    case 'reset': to.workspace.reset(frame); break;
    case 'room': to.workspace.enter(frame.room); break;
    case 'gone': to.workspace.remove(frame.room); break;
    case 'read': to.workspace.read(frame); break;
    case 'user': to.workspace.renamed(frame.user); break;
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
    case 'links':
    case 'blocks':
      to.requests.answered(frame);
      break;
    // The events that follow say it all; the connection itself listens for the other two.
    case 'resumed':
    case 'pong':
    case 'bye':
      break;
    default: return unreachable(frame);
  }
  return 'ok';
}

function welcome(frame: WelcomeFrame, { workspace, outbox, requests, reader, pace }: Receivers): void {
  // What somebody else has asked for and read is not done in this one's name.
  if (workspace.isAnother(frame.you)) {
    requests.abandon();
    reader.forget();
    pace.forget();
  }
  workspace.welcome(frame);
  outbox.adopt(frame.you.id ?? 'nobody');
  // A position that was told just before the connection broke may not have arrived.
  for (const info of frame.rooms) {
    const room = workspace.room(info.id);
    if (room?.member && room.read > info.read) reader.tell(room.id, room.read);
  }
}

function identity(you: You, { workspace, outbox }: Receivers): void {
  workspace.setYou(you);
  outbox.adopt(you.id ?? 'nobody');
}

function event(frame: EventFrame, { workspace, outbox, pace }: Receivers): 'ok' | 'gap' {
  const verdict = workspace.event(frame);
  if (verdict === 'apply' && frame.type === 'post' && workspace.isMe(frame.from.id)) {
    outbox.arrived(frame);
    const room = workspace.room(frame.room);
    if (room?.slow !== undefined && !moderates(room, workspace.you())) pace.wait(room.id, room.slow * 1_000);
  } else if (verdict === 'apply' && frame.type === 'slow') {
    pace.forget(frame.room);
  }
  return verdict === 'gap' ? 'gap' : 'ok';
}
