import type { Clock } from '../connection/clock';
import type { ClientFrame, Mutation, Question } from '../wire/client-frames';
import { retryDelay } from '../wire/error-codes';
import type {
  BansFrame, BlocksFrame, ErrorFrame, HistoryFrame, LinksFrame, MembersFrame, MentionsFrame, OkFrame, PinsFrame, ReceiptsFrame, RoomsFrame, SearchFrame, WhoFrame,
} from '../wire/server-frames';

interface AnswerTo {
  readonly history: HistoryFrame;
  readonly rooms: RoomsFrame;
  readonly who: WhoFrame;
  readonly members: MembersFrame;
  readonly bans: BansFrame;
  readonly links: LinksFrame;
  readonly blocks: BlocksFrame;
  readonly receipts: ReceiptsFrame;
  readonly mentions: MentionsFrame;
  readonly pins: PinsFrame;
  readonly search: SearchFrame;
}

type Request = Exclude<Mutation, { op: 'send' }> | Question;
type Answer<F extends Request> = F extends Question ? AnswerTo[F['op']] : OkFrame;
type AnyAnswer = OkFrame | AnswerTo[Question['op']];

interface Waiting {
  readonly frame: Request;
  readonly resolve: (answer: AnyAnswer | ErrorFrame) => void;
  patience: number;
}

/** How often a request is sent again when the server is busy, before the person is told. */
const patience = 5;

/**
 * What is asked of the server and answered once. A request outlives its connection: it is sent again on the next one, where
 * its cid keeps a mutation from happening twice.
 */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #clock: Clock;
  readonly #send: (frame: ClientFrame) => boolean;

  constructor(clock: Clock, send: (frame: ClientFrame) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  ask<F extends Request>(frame: F): Promise<Answer<F> | ErrorFrame> {
    return new Promise((resolve) => {
      // The server answers a question with its own kind of frame; `answered` pairs them by cid or rid.
      this.#waiting.set(key(frame), { frame, patience, resolve: resolve as Waiting['resolve'] });
      this.#send(frame);
    });
  }

  online(): void {
    for (const { frame } of this.#waiting.values()) this.#send(frame);
  }

  /** Answers whoever waits: nobody will send it any more. */
  abandon(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { resolve } of waiting) resolve({ op: 'error', code: 'identity_changed', message: '' });
  }

  answered(answer: AnyAnswer | ErrorFrame): void {
    const id = key(answer);
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    const delay = answer.op === 'error' && waiting.patience-- > 0 ? retryDelay(answer) : null;
    if (delay === null) {
      this.#waiting.delete(id);
      waiting.resolve(answer);
    } else {
      this.#clock.after(delay, () => this.#waiting.has(id) && this.#send(waiting.frame));
    }
  }
}

function key(frame: { readonly cid?: string | undefined; readonly rid?: string | undefined }): string {
  return frame.cid ?? frame.rid ?? '';
}
