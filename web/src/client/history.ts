import { shownRun } from '../model/excerpt';
import { hasOlderShown } from '../model/log';
import { find, firstFrom } from '../model/messages';
import type { Workspace } from '../model/workspace';
import type { Place } from '../wire/client-frames';
import type { EventFrame } from '../wire/server-frames';
import type { Message, RoomId } from '../wire/types';
import type { Questions } from './questions';

/** Posts asked for when somebody jumps: half of them before the message, more than a screen. */
const aroundPage = 60;

/** What is told of messages that a page of history may hold. */
const changes: readonly EventFrame['type'][] = ['edit', 'delete', 'react', 'pin', 'erase'];

/** A message that can be looked at now, or a code that says why not. */
export type Found = { readonly seq: number; readonly code?: never } | { readonly code: string };

/** Fetches pages of history into the workspace. */
export class History {
  readonly #workspace: Workspace;
  readonly #questions: Questions;
  readonly #loading = new Set<RoomId>();

  constructor(workspace: Workspace, questions: Questions) {
    this.#workspace = workspace;
    this.#questions = questions;
  }

  /** Fetches the page before the oldest post of what is looked at; does nothing where there is none, or while one is on its way. The code says why it did not come. */
  async older(id: RoomId, limit: number): Promise<string | null> {
    const room = this.#workspace.room(id);
    return room !== undefined && hasOlderShown(room) ? await this.#load(id, { before: shownRun(room).floor }, limit) : null;
  }

  /** The same of the page after the newest post of the excerpt; does nothing where the run itself is looked at. */
  async newer(id: RoomId, limit: number): Promise<string | null> {
    const end = this.#workspace.room(id)?.excerpt?.end;
    return end === undefined ? null : await this.#load(id, { after: end }, limit);
  }

  /**
   * Sees to it that this message can be looked at. The code says why not: `no_such_message`, also of one that is not for us to see,
   * `not_kept` of one that is older than what the room keeps, or what the server answered.
   * @param wanted Whether somebody still waits for it when it comes: else what the room shows by then stays.
   */
  around(id: RoomId, seq: number, wanted: () => boolean): Promise<Found> {
    return this.#find(id, seq, (messages) => find(messages, seq), wanted);
  }

  /** The same of the first message after this place. */
  after(id: RoomId, seq: number, wanted: () => boolean): Promise<Found> {
    return this.#find(id, Math.max(seq + 1, this.#workspace.room(id)?.firstSeq ?? 0), (messages) => messages[firstFrom(messages, seq + 1)], wanted);
  }

  async #find(id: RoomId, seq: number, among: (messages: readonly Message[]) => Message | undefined, wanted: () => boolean): Promise<Found> {
    const room = this.#workspace.room(id);
    if (room === undefined) return { code: 'no_such_room' };
    if (seq < room.firstSeq) return { code: 'not_kept' };
    const { excerpt } = room;
    if (excerpt !== null && seq >= excerpt.floor && seq <= excerpt.end) return found(among(excerpt.messages));
    if (seq >= room.floor) {
      const message = among(room.messages);
      if (message !== undefined) this.#workspace.leaveExcerpt(id);
      return found(message);
    }
    let message: Message | undefined;
    const code = await this.#fetch(id, { around: seq }, aroundPage, (page) => (message = among(page)) !== undefined && wanted());
    return code === null ? found(message) : { code };
  }

  async #load(id: RoomId, place: Place, limit: number): Promise<string | null> {
    if (this.#loading.has(id)) return null;
    this.#loading.add(id);
    const code = await this.#fetch(id, place, limit);
    this.#loading.delete(id);
    return code;
  }

  /** @param wanted Whether the page is what was looked for; any other changes nothing. */
  async #fetch(id: RoomId, place: Place, limit: number, wanted: (page: readonly Message[]) => boolean = () => true): Promise<string | null> {
    const meanwhile: EventFrame[] = [];
    // A page is read from a snapshot; what is told after that may reach us before the page does.
    const ignore = this.#workspace.listen((event) => event.room === id && changes.includes(event.type) && meanwhile.push(event));
    const answer = await this.#questions.history(id, place, limit);
    ignore();
    if (answer.op === 'error') return answer.code;
    if (wanted(answer.messages)) this.#workspace.history(place, answer, meanwhile);
    return null;
  }
}

function found(message: Message | undefined): Found {
  return message === undefined ? { code: 'no_such_message' } : { seq: message.seq };
}
