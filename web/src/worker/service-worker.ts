import { kindOf } from './kind-of';
import type { FromWorker, Pointer } from './words';

// https://www.w3.org/TR/service-workers/
declare const self: ServiceWorkerGlobalScope;

/** Put in when the page is built, by scripts/list-shell.mjs. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

const { version, files } = __SHELL__;
const prefix = 'minato-shell-';
const own = prefix + version;

/** Milliseconds: a network that has said nothing for so long is treated as none. What it says later is not missed: the socket tells the page. */
const patience = 4_000;

/** The cache of this build and of the one before it, whose pages may still be open and ask for a part of theirs. */
const generations = 2;

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forget(generations).then(() => self.clients.claim()).then(tell));
});

self.addEventListener('fetch', (event) => {
  const kind = kindOf(event.request, self.location.origin);
  if (kind === 'asset') event.respondWith(asset(event.request));
  if (kind === 'page') {
    event.respondWith(page(event.request));
    event.waitUntil(leaveIfUnknown());
  }
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(goTo(event.notification.data as Pointer));
});

async function fill(): Promise<void> {
  const cache = await caches.open(own);
  // The page by its name alone could come out of the browser's own cache, older than its parts.
  await cache.addAll(files.map((file) => (file === '/' ? new Request(file, { cache: 'reload' }) : file)));
}

/** Lets go of all but the newest; names come back in the order in which they were made. */
async function forget(keep: number): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  await Promise.all(names.slice(0, Math.max(names.length - (keep - 1), 0)).map((name) => caches.delete(name)));
}

/** Pages of another build learn that there is a newer one. */
async function tell(): Promise<void> {
  const word: FromWorker = { op: 'shell', files };
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(word);
}

async function asset(request: Request): Promise<Response> {
  return await caches.match(request) ?? await fetch(request);
}

/** The network first: a page is never older than the server that answers. */
async function page(request: Request): Promise<Response> {
  const kept = async () => await (await caches.open(own)).match('/');
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience));
  const asked = fetch(request).catch(() => undefined);
  const answer = await Promise.race([asked, late]);
  // A proxy whose server is away answers with 502 to 504.
  if (answer !== undefined && answer.status < 500) return answer;
  return await kept() ?? await asked ?? Response.error();
}

/** Another program may stand at this address tomorrow, or an older server without a worker: then this one goes, and what it kept. */
async function leaveIfUnknown(): Promise<void> {
  const answer = await fetch('/service-worker.js', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) return;
  if (answer.ok && answer.headers.get('content-type')?.startsWith('text/javascript')) return;
  await self.registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
}

/** To a page that is open, or to a new one. */
async function goTo({ room, seq }: Pointer): Promise<void> {
  const open = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter((client) => client.frameType === 'top-level');
  const client = open.find(({ visibilityState }) => visibilityState === 'visible') ?? open[0];
  if (client === undefined) {
    await self.clients.openWindow(`/#${room}/${seq}`);
    return;
  }
  const word: FromWorker = { op: 'open', room, seq };
  client.postMessage(word);
  await client.focus();
}
