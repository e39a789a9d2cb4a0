import type { Fields } from './fields';
import { readMessage, readUser } from './read-values';
import type { EventFrame } from './server-frames';
import type { RoomId } from './types';

export function readEvent(fields: Fields): EventFrame {
  const type = fields.text('type');
  const place = { op: 'ev', room: fields.text<RoomId>('room'), seq: fields.count('seq') } as const;
  const envelope = () => ({ ...place, ts: fields.count('ts'), from: fields.object('from', readUser) });
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
    case 'join':
    case 'leave':
      return { ...envelope(), type };
    case 'topic':
      return { ...envelope(), type, topic: fields.text('topic') };
    default:
      return { ...place, type: 'unknown' };
  }
}
