import type { Restriction, RoomRole } from '../wire/client-frames';
import type { UserId, You } from '../wire/types';
import type { Room } from './room';

/** As far as the server has told it: who is muted, or was outranked a moment ago, hears of it in its refusal. */
type Actor = Pick<You, 'role'> | null;
type Place = Pick<Room, 'kind' | 'member' | 'role' | 'archived' | 'posting' | 'slug' | 'users' | 'mutedUntil' | 'restrict'>;

// docs/rights.md, the columns that a room and `you` tell apart.

/** The topic; where it is locked, for those who keep order. */
export function mayWriteTopic(room: Place, you: Actor): boolean {
  return room.restrict.includes('topic_locked') ? keepsOrder(room, you) : takesPart(room, you);
}

/** Invitations and links; where one joins by invitation only, for those who keep order. */
export function mayInvite(room: Place, you: Actor): boolean {
  return room.restrict.includes('invite_only') ? keepsOrder(room, you) : takesPart(room, you);
}

/** Members' acts. */
export function takesPart(room: Place, you: Actor): boolean {
  return room.kind !== 'direct' && !room.archived && (room.member || administers(room, you));
}

/** While people talk: what holds for the many does not hold for them. */
export function keepsOrder(room: Place, you: Actor): boolean {
  return moderates(room, you) || (room.kind !== 'direct' && !room.archived && isRole(room, 'helper'));
}

/** Also decides about the room. */
export function moderates(room: Place, you: Actor): boolean {
  return room.kind !== 'direct' && !room.archived && (isRole(room, 'moderator', 'owner') || administers(room, you));
}

/** What may be restricted in a room: a private one is unlisted and for its members by nature, and the lobby lets everybody in. */
export function doors({ kind, slug }: Pick<Room, 'kind' | 'slug'>): readonly Restriction[] {
  if (kind === 'private') return ['invite_only', 'topic_locked'];
  return slug === 'lobby' ? ['topic_locked', 'members_only'] : ['invite_only', 'topic_locked', 'unlisted', 'members_only'];
}

/** History, announcements. */
export function owns(room: Place, you: Actor): boolean {
  return !room.archived && mayArchive(room, you);
}

/** The name behind the `#`; everybody begins in the lobby, by that name. */
export function mayRename(room: Place, you: Actor): boolean {
  return room.slug !== 'lobby' && owns(room, you);
}

/** Archiving, and bringing back what is. */
export function mayArchive(room: Place, you: Actor): boolean {
  return room.kind !== 'direct' && (isRole(room, 'owner') || administers(room, you));
}

/** Who hands it over is a moderator then, and so a member before. */
export function mayTransfer(room: Place, you: Actor): boolean {
  return room.member && owns(room, you);
}

/** Everybody looks on in the lobby anyway, and nobody leaves a direct room of two. */
export function mayLeave(room: Place): boolean {
  return room.member && room.slug !== 'lobby' && (room.kind !== 'direct' || (room.users?.length ?? 0) > 2);
}

/** Why nobody like oneself writes here; null: one does. Who was blocked by the other, or muted before this page was open, is told by a refusal only. */
export function silence(
  room: Place, you: Actor, blocks: (user: UserId) => boolean = () => false, now = 0,
): 'archived' | 'muted' | 'announcements' | 'blocked' | null {
  if (room.archived) return 'archived';
  if (room.mutedUntil > now) return 'muted';
  if (room.kind === 'direct' && room.users?.length === 2 && room.users.some((user) => blocks(user.id))) return 'blocked';
  return room.posting === 'moderators' && !keepsOrder(room, you) && !isRole(room, 'speaker') ? 'announcements' : null;
}

/** Roles that one may give to somebody: none above one's own, by a helper only lower ones, and only to those below. */
export function mayGive(room: Place, you: Actor, theirs: string): readonly RoomRole[] {
  if (!mayTouch(room, you, theirs)) return [];
  if (!moderates(room, you)) return ['member', 'speaker'];
  return isRole(room, 'owner') || administers(room, you) ? ['member', 'speaker', 'helper', 'moderator', 'owner'] : ['member', 'speaker', 'helper', 'moderator'];
}

/** Whether one stands above a member of this role, and keeps order. What they are on the server is not told: its refusal says so. */
export function mayTouch(room: Place, you: Actor, theirs: string): boolean {
  if (!keepsOrder(room, you)) return false;
  return administers(room, you) || rank(theirs) < rank(room.role);
}

/** Shutting out, where one stands above somebody, and letting them in again. */
export function mayBan(room: Place, you: Actor, theirs: string): boolean {
  return moderates(room, you) && mayTouch(room, you, theirs);
}

function administers(room: Place, you: Actor): boolean {
  return room.kind === 'public' && (you?.role === 'owner' || you?.role === 'admin');
}

function isRole(room: Place, ...roles: readonly string[]): boolean {
  return room.member && room.role !== undefined && roles.includes(room.role);
}

const ranks = ['speaker', 'helper', 'moderator', 'owner'];

/** A role of a newer server's is like a member's: the server says what more it is. */
function rank(role: string | undefined): number {
  return ranks.indexOf(role ?? '') + 1;
}
