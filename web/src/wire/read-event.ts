import type { Fields } from './fields';
import { readBody, readMessage, readUser } from './read-values';
import type { EventFrame } from './server-frames';
import type { RoomId } from './types';

export function readEvent(fields: Fields): EventFrame {
  const type = fields.text('type');
  const place = { op: 'ev', room: fields.text<RoomId>('room'), seq: fields.count('seq') } as const;
  const envelope = () => ({ ...place, ts: fields.count('ts'), from: fields.object('from', readUser) });
  const subject = () => fields.object('subject', readUser);
  const until = () => fields.optional('until', (name) => fields.count(name));
  switch (type) {
    case 'create':
      return {
        ...envelope(),
        type,
        kind: fields.text('kind'),
        slug: fields.optional('slug', (name) => fields.text(name)),
        title: fields.text('title'),
      };
    case 'post':
      return { ...place, ...readMessage(fields), type };
    case 'edit':
      return { ...envelope(), type, target: fields.count('target'), ...readBody(fields) };
    case 'delete':
      return { ...envelope(), type, target: fields.count('target') };
    case 'react':
      return { ...envelope(), type, target: fields.count('target'), emoji: fields.text('emoji'), on: fields.flag('on') };
    case 'pin':
      return { ...envelope(), type, target: fields.count('target'), on: fields.flag('on') };
    case 'erase':
      return { ...envelope(), type, subject: subject(), upTo: fields.count('upTo') };
    case 'join':
      return { ...envelope(), type };
    case 'leave':
      return { ...envelope(), type, heir: fields.optional('heir', (name) => fields.object(name, readUser)) };
    case 'invite':
    case 'kick':
    case 'unban':
    case 'unmute':
    case 'transfer':
      return { ...envelope(), type, subject: subject() };
    case 'ban':
    case 'mute':
      return { ...envelope(), type, subject: subject(), until: until() };
    case 'role':
      return { ...envelope(), type, subject: subject(), role: fields.text('role') };
    case 'topic':
      return { ...envelope(), type, topic: fields.text('topic') };
    case 'title':
      return { ...envelope(), type, title: fields.text('title') };
    case 'slug':
      return { ...envelope(), type, slug: fields.text('slug'), was: fields.text('was') };
    case 'archive':
      return { ...envelope(), type, on: fields.flag('on') };
    case 'newcomers':
      return { ...envelope(), type, history: fields.text('history') };
    case 'posting':
      return { ...envelope(), type, posting: fields.text('posting') };
    case 'slow':
      return { ...envelope(), type, seconds: fields.optional('seconds', (name) => fields.count(name)) };
    case 'restrict':
      return {
        ...envelope(), type, restrict: fields.optional('restrict', (name) => fields.texts(name)), free: fields.optional('free', (name) => fields.texts(name)),
      };
    case 'capacity':
      return { ...envelope(), type, members: fields.optional('members', (name) => fields.count(name)) };
    case 'key':
      return { ...envelope(), type, on: fields.flag('on') };
    case 'pattern':
      return { ...envelope(), type, list: fields.text('list'), pattern: fields.text('pattern'), on: fields.flag('on') };
    case 'retention':
      return { ...envelope(), type, days: fields.optional('days', (name) => fields.count(name)) };
    default:
      return { ...place, type: 'unknown' };
  }
}
