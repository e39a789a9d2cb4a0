import { clientFrames, type Create, type NewcomersSee, type Posting, type Restriction, type RoomRole } from '../wire/client-frames';
import type { ErrorFrame, OkFrame } from '../wire/server-frames';
import type { Pattern, RoomId, UserId } from '../wire/types';
import type { Requests } from './requests';

type Answer = Promise<OkFrame | ErrorFrame>;

/** What is done to a room and to the people in it. Who may is the server's to say. */
export class RoomActs {
  readonly #ask: Requests['ask'];
  readonly #nextCid: () => string;

  constructor(requests: Requests, nextCid: () => string) {
    this.#ask = requests.ask.bind(requests);
    this.#nextCid = nextCid;
  }

  /** @param history What newcomers see; undefined: what the server thinks right for the kind. */
  readonly create = (kind: Create['kind'], slug: string, title: string, history?: NewcomersSee): Answer =>
    this.#ask(clientFrames.create(this.#nextCid(), kind, slug, title, history));

  /** A conversation with these people, by id or nick: the same people always get the same one. */
  readonly direct = (users: readonly string[]): Answer => this.#ask(clientFrames.direct(this.#nextCid(), users));

  /** @param key Of a room that takes one. */
  readonly join = (room: RoomId, key?: string): Answer => this.#ask(clientFrames.join(this.#nextCid(), room, key));
  readonly joinByLink = (secret: string): Answer => this.#ask(clientFrames.joinByLink(this.#nextCid(), secret));
  readonly leave = (room: RoomId): Answer => this.#ask(clientFrames.leave(this.#nextCid(), room));

  readonly setTopic = (room: RoomId, topic: string): Answer => this.#ask(clientFrames.topic(this.#nextCid(), room, topic));
  readonly setTitle = (room: RoomId, title: string): Answer => this.#ask(clientFrames.title(this.#nextCid(), room, title));
  /** @param slug Its name behind the `#`. */
  readonly setSlug = (room: RoomId, slug: string): Answer => this.#ask(clientFrames.slug(this.#nextCid(), room, slug));
  readonly archive = (room: RoomId, on: boolean): Answer => this.#ask(clientFrames.archive(this.#nextCid(), room, on));
  readonly setNewcomers = (room: RoomId, history: NewcomersSee): Answer => this.#ask(clientFrames.newcomers(this.#nextCid(), room, history));
  readonly setPosting = (room: RoomId, posting: Posting['posting']): Answer => this.#ask(clientFrames.posting(this.#nextCid(), room, posting));
  /** @param seconds Null: no slow mode. */
  readonly setSlow = (room: RoomId, seconds: number | null): Answer => this.#ask(clientFrames.slow(this.#nextCid(), room, seconds));
  readonly restrict = (room: RoomId, restriction: Restriction, on: boolean): Answer => this.#ask(clientFrames.restrict(this.#nextCid(), room, on ? [restriction] : [], on ? [] : [restriction]));
  /** @param members Null: any number. */
  readonly setCapacity = (room: RoomId, members: number | null): Answer => this.#ask(clientFrames.capacity(this.#nextCid(), room, members));
  /** @param key Null: none. */
  readonly setKey = (room: RoomId, key: string | null): Answer => this.#ask(clientFrames.key(this.#nextCid(), room, key));
  readonly endPattern = (room: RoomId, { list, pattern }: Pick<Pattern, 'list' | 'pattern'>): Answer => this.#ask(clientFrames.pattern(this.#nextCid(), room, list, pattern, false));

  readonly invite = (room: RoomId, nick: string): Answer => this.#ask(clientFrames.invite(this.#nextCid(), room, nick));
  readonly kick = (room: RoomId, user: UserId): Answer => this.#ask(clientFrames.kick(this.#nextCid(), room, user));
  /** @param until Milliseconds since 1970 UTC; null: until somebody ends it. */
  readonly ban = (room: RoomId, user: string, until: number | null): Answer => this.#ask(clientFrames.ban(this.#nextCid(), room, user, until));
  readonly unban = (room: RoomId, user: string): Answer => this.#ask(clientFrames.unban(this.#nextCid(), room, user));
  readonly mute = (room: RoomId, user: string, until: number | null): Answer => this.#ask(clientFrames.mute(this.#nextCid(), room, user, until));
  readonly unmute = (room: RoomId, user: string): Answer => this.#ask(clientFrames.unmute(this.#nextCid(), room, user));
  readonly setRole = (room: RoomId, user: UserId, role: RoomRole): Answer => this.#ask(clientFrames.role(this.#nextCid(), room, user, role));
  readonly transfer = (room: RoomId, user: UserId): Answer => this.#ask(clientFrames.transfer(this.#nextCid(), room, user));

  /** One's own, in every room. */
  readonly block = (user: UserId, on: boolean): Answer => this.#ask(clientFrames.block(this.#nextCid(), user, on));

  /** The answer has the link, and its secret this once. */
  readonly makeLink = (room: RoomId, until: number, uses: number): Answer => this.#ask(clientFrames.link(this.#nextCid(), room, until, uses));
  readonly revokeLink = (room: RoomId, link: string): Answer => this.#ask(clientFrames.unlink(this.#nextCid(), room, link));
}
