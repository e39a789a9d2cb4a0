import { render } from 'solid-js/web';
import { takeAddressTicket } from './browser/address-ticket';
import { browserClock } from './browser/clock';
import { HostDoor } from './browser/host-door';
import { watchPresence } from './browser/presence';
import { openSocket } from './browser/socket';
import { BrowserStorage } from './browser/storage';
import { Client } from './client/client';
import { MemorySession, Session } from './client/session';
import { App } from './view/app';
import { provideApp } from './view/context';
import './view/style/tokens.css';
import './view/style/base.css';
import './view/style/layout.css';
import './view/style/sidebar.css';
import './view/style/log.css';
import './view/style/composer.css';
import './view/style/dialog.css';

const addressTicket = takeAddressTicket();
const host = window.parent === window ? null : await HostDoor.find();
const keys = new BrowserStorage();

render(() => {
  const client = new Client({
    open: openSocket,
    clock: browserClock,
    random: Math.random,
    // crypto.randomUUID is missing on plain-http addresses of a local network; this is not.
    fill: (bytes) => crypto.getRandomValues(bytes),
    keys,
    session: host === null ? new Session(keys) : new MemorySession(),
    door: host ?? addressTicket,
  });
  watchPresence(() => client.nudge());
  client.start();
  return provideApp({ client, keys }, () => <App />);
}, document.getElementById('app')!);
