import { render } from 'solid-js/web';
import { AccountApi } from './account/account-api';
import { deviceName } from './account/device-name';
import { Entrance } from './account/entrance';
import { WayIn } from './account/way-in';
import { watchAddressSecrets } from './browser/address-secrets';
import { takeAddressTicket } from './browser/address-ticket';
import { browserClock } from './browser/clock';
import { HostDoor } from './browser/host-door';
import { askHttp } from './browser/http';
import { OtherTabs } from './browser/other-tabs';
import { watchPresence } from './browser/presence';
import { openSocket } from './browser/socket';
import { BrowserStorage } from './browser/storage';
import { Client } from './client/client';
import { MemorySession, Session } from './client/session';
import { App } from './view/app';
import { forgetDrafts } from './view/composer/drafts';
import { provideApp } from './view/context';
import './view/style/tokens.css';
import './view/style/base.css';
import './view/style/layout.css';
import './view/style/sidebar.css';
import './view/style/log.css';
import './view/style/composer.css';
import './view/style/dialog.css';
import './view/style/details.css';

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
    client, api, session, clock: browserClock, forgetDrafts: () => forgetDrafts(keys), tellEntered: () => tabs.tellEntered(),
  });
  tabs.onEntered(() => entrance.enteredElsewhere());
  invited = (secret) => entrance.invite(secret);
  if (invitation !== null) invited(invitation);
  watchPresence(() => client.nudge());
  client.start();
  return provideApp({ client, keys, api, entrance, wayIn }, () => <App />);
}, document.getElementById('app')!);
