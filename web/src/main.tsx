import { createEffect, createSignal, on } from 'solid-js';
import { render } from 'solid-js/web';
import { AccountApi } from './account/account-api';
import { deviceName } from './account/device-name';
import { Entrance } from './account/entrance';
import { WayIn } from './account/way-in';
import { watchAddressSecrets } from './browser/address-secrets';
import { takeAddressTicket } from './browser/address-ticket';
import { buildName } from './browser/build-name';
import { browserClock } from './browser/clock';
import { HostDoor } from './browser/host-door';
import { askHttp } from './browser/http';
import { BrowserKeptStore } from './browser/kept-store';
import { closeNotifications } from './browser/notifications';
import { OtherTabs } from './browser/other-tabs';
import { watchPresence } from './browser/presence';
import { browserFiles } from './browser/upload';
import { ShellWorker } from './browser/shell-worker';
import { keepAboveKeyboard } from './browser/visible-height';
import { openSocket } from './browser/socket';
import { BrowserStorage } from './browser/storage';
import { Client } from './client/client';
import { HeldMessages } from './client/held-messages';
import { forgetRecent } from './client/recent';
import { RoomKeeper } from './client/room-keeper';
import { MemorySession, Session } from './client/session';
import { Uploads } from './files/uploads';
import { UlidFactory } from './outbox/ulid';
import { App } from './view/app';
import { provideApp } from './view/context';
import './view/style/tokens.css';
import './view/style/base.css';
import './view/style/layout.css';
import './view/style/sidebar.css';
import './view/style/log.css';
import './view/style/message.css';
import './view/style/composer.css';
import './view/style/attachments.css';
import './view/style/dialog.css';
import './view/style/details.css';
import './view/style/people.css';
import './view/style/everywhere.css';

const addressTicket = takeAddressTicket();
let invitation: string | null = null;
let invited = (secret: string): void => void (invitation = secret);
const wayIn = new WayIn();
watchAddressSecrets((secrets) => {
  if (secrets.room !== null) wayIn.found(secrets.room);
  if (secrets.invitation !== null) invited(secrets.invitation);
});
const host = window.parent === window ? null : await HostDoor.find();
const keys = new BrowserStorage();

const session = host === null ? new Session(keys) : new MemorySession();
// In another app's page nothing is kept; a ticket may name somebody else than the last one did, who begins with nothing.
const keeper = host !== null ? null : new RoomKeeper({ store: new BrowserKeptStore(), keys, clock: browserClock, build: buildName() });
const forgetRooms = () => {
  keeper?.forget();
  // They tell of those rooms.
  void closeNotifications();
};
if (addressTicket !== null) forgetRooms();
const kept = await keeper?.load() ?? null;

render(() => {
  const client = new Client({
    open: openSocket,
    clock: browserClock,
    random: Math.random,
    // crypto.randomUUID is missing on plain-http addresses of a local network; this is not.
    fill: (bytes) => crypto.getRandomValues(bytes),
    keys,
    session,
    door: host ?? addressTicket,
  });
  const api = new AccountApi(askHttp, deviceName(navigator.userAgent));
  const tabs = new OtherTabs();
  const entrance = new Entrance({
    client, api, session, clock: browserClock, tellEntered: () => tabs.tellEntered(),
    forgetDrafts() {
      held.forget();
      client.drafts.forget();
      client.conversation.forget();
      client.outbox.leave();
      uploads.forget();
      forgetRecent(keys);
      forgetRooms();
    },
  });
  tabs.onEntered(() => entrance.enteredElsewhere());
  invited = (secret) => entrance.invite(secret);
  if (invitation !== null) invited(invitation);
  keepAboveKeyboard();
  const files = browserFiles(session);
  const ulid = new UlidFactory(browserClock.now, (bytes) => crypto.getRandomValues(bytes));
  const uploads = new Uploads<Blob>({
    transport: files,
    nextCid: () => ulid.next(),
    isSomebody: () => client.workspace.you()?.id != null,
    prepare: async (source) => (await import('./view/composer/attachments/prepare')).prepare(source),
  });
  // A guest who becomes somebody stays the same person.
  createEffect(on(() => client.workspace.you()?.id ?? null, (id, before) => before != null && before !== id && uploads.forget()));
  const held = new HeldMessages(client, uploads);
  watchPresence(() => client.nudge());
  addEventListener('pagehide', () => {
    client.deletions.flush();
    // Who is not in any more may have logged out in another tab, and left nothing on purpose.
    if (client.status() !== 'refused') client.drafts.flush();
  });
  if (keeper !== null) keepRooms(keeper, client);
  if (kept !== null) client.restore(kept);
  const [isOld, setOld] = createSignal(false);
  const worker = new ShellWorker(() => setOld(true));
  worker.start();
  createEffect(() => client.status() === 'online' && void worker.look());
  client.start();
  return provideApp({ client, keys, api, entrance, wayIn, uploads, files, held }, () => <App isOld={isOld()} />);
}, document.getElementById('app')!);

function keepRooms(keeper: RoomKeeper, client: Client): void {
  const { workspace } = client;
  // One effect: a welcome changes all of it at once, and whether one is in comes first.
  createEffect(on([client.status, workspace.you, workspace.rooms], ([status]) => {
    keeper.follow(status);
    if (status === 'refused') {
      workspace.dropRestored();
      void closeNotifications();
    }
    keeper.changed(workspace);
  }));
  createEffect(on(() => workspace.you()?.id ?? null, (now, before) => before != null && now !== before && void closeNotifications()));
  // The last moment of which a phone tells: it may end a page that cannot be seen without another word.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void keeper.write(workspace));
}
