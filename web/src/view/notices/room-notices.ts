import type { EventFrame } from '../../wire/server-frames';
import type { Message, RoomId } from '../../wire/types';

export interface RoomNoticePorts {
  /** Whether somebody has the room before their eyes. It may take a while: other tabs are asked. */
  readonly sees: (room: RoomId) => Promise<boolean>;
  /** The message as it is now; undefined where it is not held. */
  readonly message: (room: RoomId, seq: number) => Message | undefined;
  readonly isRead: (room: RoomId, seq: number) => boolean;
  readonly mayShow: () => boolean;
  /** @param isNew Whether it calls for attention; else it quietly takes the place of what it was. */
  readonly show: (room: RoomId, message: Message, isNew: boolean) => Promise<void>;
  readonly close: (room: RoomId) => void;
}

/** The notification of each room: it tells of one message, says what that says now, and goes with it. */
export class RoomNotices {
  readonly #ports: RoomNoticePorts;
  /** The message of which each room's notification tells. */
  readonly #shown = new Map<RoomId, number>();

  constructor(ports: RoomNoticePorts) {
    this.#ports = ports;
  }

  /** Shown by a tab before this one: from now on this one's to take away. */
  takeOver(room: RoomId, seq: number): void {
    this.#shown.set(room, seq);
  }

  async tell(room: RoomId, seq: number): Promise<void> {
    const { sees, message, isRead, mayShow } = this.#ports;
    if (await sees(room)) return;
    // Deleted, or read on another device, while the tabs were asked.
    if (message(room, seq)?.body === undefined || isRead(room, seq) || !mayShow()) return;
    this.#shown.set(room, seq);
    await this.#show(room, seq, true);
  }

  /** To be told of every event, after the room was changed by it. */
  async heard(event: EventFrame): Promise<void> {
    const { room } = event;
    const seq = this.#shown.get(room);
    if (seq === undefined || (event.type !== 'edit' && event.type !== 'delete' && event.type !== 'erase')) return;
    const message = this.#ports.message(room, seq);
    const isGone = message === undefined ? event.type === 'delete' && event.target === seq : message.body === undefined;
    if (isGone) this.#close(room);
    else if (event.type === 'edit' && event.target === seq) await this.#show(room, seq, false);
  }

  /** Takes away what was read, here or elsewhere. */
  closeRead(): void {
    for (const [room, seq] of [...this.#shown]) if (this.#ports.isRead(room, seq)) this.#close(room);
  }

  closeAll(): void {
    for (const room of [...this.#shown.keys()]) this.#close(room);
  }

  async #show(room: RoomId, seq: number, isNew: boolean): Promise<void> {
    const message = this.#ports.message(room, seq);
    if (message === undefined) return;
    await this.#ports.show(room, message, isNew);
    // Closed while the system was at it: what it shows now nobody would take away.
    if (!this.#shown.has(room)) this.#ports.close(room);
  }

  #close(room: RoomId): void {
    if (this.#shown.delete(room)) this.#ports.close(room);
  }
}
