import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, net, protocol } from 'electron';
import { start } from 'minato-host';

/** A page of file:// has no origin that Minato could name; one of a scheme of our own has. */
const origin = 'app://chat';
const page = {
  '/index.html': import.meta.resolve('./page/index.html'),
  '/chat.js': import.meta.resolve('./page/chat.js'),
  '/embed.js': import.meta.resolve('minato-host/page'),
};
/** The app knows its user; Minato need not ask again. */
const user = { id: 'user-17', nick: 'Aoi' };

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);

// Two instances have one data folder. The second one shows the first one's window and ends; without this it would share its server.
if (!app.requestSingleInstanceLock()) app.quit();
else app.whenReady().then(run);

function run() {
  protocol.handle('app', (request) => {
    const file = page[new URL(request.url).pathname];
    return file === undefined ? new Response(null, { status: 404 }) : net.fetch(file);
  });

  // Not awaited: the window is there at once, and its page waits for the URL.
  const minato = start({
    data: join(app.getPath('userData'), 'minato'), embedOrigins: [origin], sticky: app.getName(), restart: true,
    onLog: (line) => console.error(line),
    onRestart: (url) => BrowserWindow.getAllWindows().forEach((window) => window.webContents.send('minato:url', url)),
  });
  minato.catch((error) => console.error(error.message, error.lastLines));

  // The chat's own page is in the same window: only ours is answered.
  const answer = (channel, ask) => ipcMain.handle(channel, async ({ senderFrame }) => {
    if (!senderFrame?.url.startsWith(`${origin}/`)) throw new Error('Ask from the app’s own page.');
    return await ask(await minato);
  });
  answer('minato:url', (server) => server.url);
  answer('minato:ticket', (server) => server.ticket(user.id, user.nick));

  openWindow();
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  // macOS: windows are closed and opened again, and the server goes on meanwhile.
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && openWindow());
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());

  // Minato would end with us in any case; so it ends before us, and has said goodbye.
  let isOver = false;
  app.on('will-quit', (event) => {
    if (isOver) return;
    event.preventDefault();
    minato.then((server) => server.stop()).catch(() => {}).finally(() => {
      isOver = true;
      app.quit();
    });
  });
}

function openWindow() {
  const window = new BrowserWindow({ width: 1000, height: 760, webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') } });
  window.loadURL(`${origin}/index.html`);
}
