import type { EventFrame } from '../../wire/server-frames';
import type { Message, UserId } from '../../wire/types';
import { unreachable } from '../../wire/unreachable';
import type { Room } from '../room';
import { archive } from './archive';
import { create } from './create';
import { remove } from './delete';
import { edit } from './edit';
import { erase } from './erase';
import { join } from './join';
import { kick } from './kick';
import { leave } from './leave';
import { mute } from './mute';
import { newcomers } from './newcomers';
import { pin } from './pin';
import { post } from './post';
import { posting } from './posting';
import { react } from './react';
import { restrict } from './restrict';
import { retention } from './retention';
import { role } from './role';
import { slow } from './slow';
import { slug } from './slug';
import { title } from './title';
import { topic } from './topic';
import { transfer } from './transfer';

/** Applies the event that follows `room.last`. */
export function apply(room: Room, event: EventFrame, me: UserId | null): Room {
  return { ...change(room, event, me), last: event.seq };
}

/** Messages as they are after these events about them. Those that a message takes account of already do nothing. */
export function caughtUp(room: Room, messages: readonly Message[], events: readonly EventFrame[], me: UserId | null): readonly Message[] {
  return events.reduce<Room>((held, event) => change(held, event, me), { ...room, messages, excerpt: null }).messages;
}

function change(room: Room, event: EventFrame, me: UserId | null): Room {
  switch (event.type) {
    case 'create': return create(room, event, event.from.id === me);
    case 'post': return post(room, event, event.from.id === me);
    case 'edit': return edit(room, event);
    case 'delete': return remove(room, event);
    case 'react': return react(room, event, event.from.id === me);
    case 'pin': return pin(room, event);
    case 'erase': return erase(room, event);
    case 'join': return join(room, event.from.id === me);
    case 'leave': return leave(room, event, me);
    case 'kick':
    case 'ban': return kick(room, event, me);
    case 'mute':
    case 'unmute': return mute(room, event, me);
    case 'role': return role(room, event, me);
    case 'transfer': return transfer(room, event, me);
    case 'topic': return topic(room, event);
    case 'title': return title(room, event);
    case 'slug': return slug(room, event);
    case 'archive': return archive(room, event);
    case 'newcomers': return newcomers(room, event);
    case 'posting': return posting(room, event);
    case 'slow': return slow(room, event);
    case 'restrict': return restrict(room, event);
    case 'capacity': return { ...room, capacity: event.members };
    case 'key': return { ...room, key: event.on };
    case 'retention': return retention(room, event);
    // Nothing of these is held: what they change is others' business, or is asked for when it is looked at.
    case 'invite':
    case 'unban':
    case 'pattern':
    case 'unknown': return room;
    default: return unreachable(event);
  }
}
