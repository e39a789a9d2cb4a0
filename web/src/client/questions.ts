import { clientFrames, type Place, type Search } from '../wire/client-frames';
import type {
  BansFrame, BlocksFrame, ErrorFrame, HistoryFrame, LinksFrame, MembersFrame, MentionsFrame, PinsFrame, ReceiptsFrame, RoomsFrame, SearchFrame, WhoFrame,
} from '../wire/server-frames';
import type { RoomId, UserId } from '../wire/types';
import type { Requests } from './requests';

/** Members asked for at once: what the server gives where nothing is said. */
const membersPage = 200;
/** Results asked for at once: what the server gives where nothing is said. */
const searchPage = 20;

/** What is asked of the server, and changes nothing there. */
export class Questions {
  readonly #ask: Requests['ask'];
  #asked = 0;

  constructor(requests: Requests) {
    this.#ask = requests.ask.bind(requests);
  }

  /** The public rooms. */
  readonly directory = (): Promise<RoomsFrame | ErrorFrame> => this.#ask(clientFrames.rooms(this.#rid()));
  /** @param after The last user of the page before; undefined: the first page. */
  readonly who = (room: RoomId, after?: UserId): Promise<WhoFrame | ErrorFrame> => this.#ask(clientFrames.who(this.#rid(), room, after));
  /** @param after The last user of the page before; undefined: the first page. */
  readonly members = (room: RoomId, after?: UserId): Promise<MembersFrame | ErrorFrame> =>
    this.#ask(clientFrames.members(this.#rid(), room, membersPage, after));
  /** Who is banned and muted now, by whom and since when. */
  readonly bans = (room: RoomId): Promise<BansFrame | ErrorFrame> => this.#ask(clientFrames.bans(this.#rid(), room));
  readonly links = (room: RoomId): Promise<LinksFrame | ErrorFrame> => this.#ask(clientFrames.links(this.#rid(), room));
  /** Whom one has blocked, with their names. */
  readonly blocks = (): Promise<BlocksFrame | ErrorFrame> => this.#ask(clientFrames.blocks(this.#rid()));
  /** How far the members have read; for members. */
  readonly receipts = (room: RoomId): Promise<ReceiptsFrame | ErrorFrame> => this.#ask(clientFrames.receipts(this.#rid(), room));
  /** Messages that name oneself, in all rooms, the newest first. */
  readonly mentions = (limit: number): Promise<MentionsFrame | ErrorFrame> => this.#ask(clientFrames.mentions(this.#rid(), limit));
  /** What is pinned in the room, the newest message first. */
  readonly pins = (room: RoomId): Promise<PinsFrame | ErrorFrame> => this.#ask(clientFrames.pins(this.#rid(), room));
  /** The id of the room that has this name or had it; null: none that one may read. */
  readonly idOf = async (name: string): Promise<RoomId | null> => {
    const answer = await this.#ask(clientFrames.history(this.#rid(), `#${name}` as RoomId, 'newest', 1));
    return answer.op === 'history' ? answer.room : null;
  };
  /** @param before The `next` of the page before; undefined: the first page. */
  readonly search = (query: string, { room, before }: Pick<Search, 'room' | 'before'> = {}): Promise<SearchFrame | ErrorFrame> =>
    this.#ask(clientFrames.search(this.#rid(), query, { room, before, limit: searchPage }));
  /** @param thread The seq with which a thread began: a page of it only. */
  readonly history = (room: RoomId, place: Place, limit: number, thread?: number): Promise<HistoryFrame | ErrorFrame> =>
    this.#ask(clientFrames.history(this.#rid(), room, place, limit, thread));

  #rid(): string {
    return `q${++this.#asked}`;
  }
}
