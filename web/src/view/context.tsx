import { createContext, createEffect, createMemo, createSignal, useContext, type Accessor, type JSX } from 'solid-js';
import type { AccountApi } from '../account/account-api';
import type { FileTransport } from '../files/transport';
import type { Uploads } from '../files/uploads';
import type { Entrance } from '../account/entrance';
import type { WayIn } from '../account/way-in';
import type { Client } from '../client/client';
import type { HeldMessages } from '../client/held-messages';
import { NoticeChoices } from '../client/notice-choices';
import { Dates } from '../i18n/dates';
import type { Dictionary } from '../i18n/dictionary';
import { chooseLanguage, chooseLocale, dictionaries, type Language } from '../i18n/language';
import { roomTitle } from '../model/room-title';
import type { Room } from '../model/room';
import type { KeyValue } from '../outbox/key-value';
import { createPanes, type Panes } from './panes';
import { createCards, type Cards } from './people/create-cards';
import { createReadMarks } from './people/create-read-marks';
import { createRoute, type Route } from './route';

export interface AppContext {
  readonly client: Client;
  readonly keys: KeyValue;
  readonly api: AccountApi;
  readonly entrance: Entrance;
  /** The link into a room by which somebody came. */
  readonly wayIn: WayIn;
  /** Files on their way out, and the way in and out. */
  readonly uploads: Uploads<Blob>;
  readonly files: FileTransport<Blob>;
  readonly held: HeldMessages<Blob>;
  readonly route: Route;
  readonly panes: Panes;
  /** The small card about a person, or about who has read. */
  readonly cards: Cards;
  /** How many have read, by the seqs of one's own messages in the open room beside which that is said. */
  readonly readMarks: Accessor<ReadonlyMap<number, number>>;
  /** Of what this device tells while one looks elsewhere. */
  readonly notices: NoticeChoices;
  readonly language: Accessor<Language>;
  readonly setLanguage: (language: Language) => void;
  /** The words of the language. */
  readonly t: Accessor<Dictionary>;
  readonly dates: Accessor<Dates>;
  readonly titleOf: (room: Room) => string;
}

const context = createContext<AppContext>();
const languageKey = 'minato.language';

export function useApp(): AppContext {
  return useContext(context)!;
}

type Given = 'client' | 'keys' | 'api' | 'entrance' | 'wayIn' | 'uploads' | 'files' | 'held';

export function provideApp({ client, keys, api, entrance, wayIn, uploads, files, held }: Pick<AppContext, Given>, children: () => JSX.Element): JSX.Element {
  const [language, setLanguage] = createSignal(chooseLanguage(keys.get(languageKey), navigator.languages));
  const { workspace } = client;
  createEffect(() => (document.documentElement.lang = language()));
  createEffect(() => entrance.follow(client.status()));
  const route = createRoute(workspace);
  const app: AppContext = {
    client,
    keys,
    api,
    entrance,
    wayIn,
    uploads,
    files,
    held,
    language,
    route,
    panes: createPanes(),
    cards: createCards(),
    readMarks: createReadMarks(client, route),
    notices: new NoticeChoices(keys),
    setLanguage(language) {
      keys.set(languageKey, language);
      setLanguage(language);
    },
    t: createMemo(() => dictionaries[language()]),
    dates: createMemo(() => new Dates(chooseLocale(language(), navigator.languages))),
    titleOf: (room) => roomTitle(room, workspace.you()?.id ?? null, (user) => workspace.names.of(user)),
  };
  return <context.Provider value={app}>{children()}</context.Provider>;
}
