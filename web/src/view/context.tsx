import { createContext, createEffect, createMemo, createSignal, useContext, type Accessor, type JSX } from 'solid-js';
import type { AccountApi } from '../account/account-api';
import type { Entrance } from '../account/entrance';
import type { WayIn } from '../account/way-in';
import type { Client } from '../client/client';
import { Dates } from '../i18n/dates';
import type { Dictionary } from '../i18n/dictionary';
import { chooseLanguage, chooseLocale, dictionaries, type Language } from '../i18n/language';
import { roomTitle } from '../model/room-title';
import type { Room } from '../model/room';
import type { KeyValue } from '../outbox/key-value';
import { createRoute, type Route } from './route';

export interface AppContext {
  readonly client: Client;
  readonly keys: KeyValue;
  readonly api: AccountApi;
  readonly entrance: Entrance;
  /** The link into a room by which somebody came. */
  readonly wayIn: WayIn;
  readonly route: Route;
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

type Given = 'client' | 'keys' | 'api' | 'entrance' | 'wayIn';

export function provideApp({ client, keys, api, entrance, wayIn }: Pick<AppContext, Given>, children: () => JSX.Element): JSX.Element {
  const [language, setLanguage] = createSignal(chooseLanguage(keys.get(languageKey), navigator.languages));
  const { workspace } = client;
  createEffect(() => (document.documentElement.lang = language()));
  createEffect(() => entrance.follow(client.status()));
  const app: AppContext = {
    client,
    keys,
    api,
    entrance,
    wayIn,
    language,
    route: createRoute(workspace),
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
