import { batch, createSignal, type Accessor } from 'solid-js';
import type { RoomId } from '../wire/types';

export type DialogName = 'switcher' | 'help' | 'settings' | 'invitations' | 'directory' | 'mentions';
/** A room whose key somebody is asked for. */
export interface KeyedRoom {
  readonly id: RoomId;
  readonly name: string;
}
export type PaneName = 'details' | 'search';

/** What stands over the page or beside the open room. Any part may ask for it; app.tsx shows it. */
export interface Panes {
  readonly dialog: Accessor<DialogName | null>;
  readonly showDialog: (name: DialogName | null) => void;
  readonly keyed: Accessor<KeyedRoom | null>;
  /** In place of any other dialog. */
  readonly askKey: (room: KeyedRoom | null) => void;
  readonly beside: Accessor<PaneName | null>;
  readonly showBeside: (name: PaneName | null) => void;
  /** Rises whenever somebody asks for the newest message of the open room. */
  readonly newest: Accessor<number>;
  readonly toNewest: () => void;
}

export function createPanes(): Panes {
  const [dialog, showDialog] = createSignal<DialogName | null>(null);
  const [keyed, setKeyed] = createSignal<KeyedRoom | null>(null);
  const askKey = (room: KeyedRoom | null) => batch(() => (showDialog(null), setKeyed(room)));
  const [beside, showBeside] = createSignal<PaneName | null>(null);
  const [newest, setNewest] = createSignal(0);
  return { dialog, showDialog, keyed, askKey, beside, showBeside, newest, toNewest: () => setNewest((asked) => asked + 1) };
}
