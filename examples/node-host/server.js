// An app with a page of its own, which shows the chat:  node server.js [DATA]  and open the URL that it says.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { start } from 'minato-host';

/** The app knows its user; Minato need not ask again. */
const user = { id: 'user-17', nick: 'Aoi' };

const files = {
  '/': ['text/html; charset=utf-8', new URL('index.html', import.meta.url)],
  '/chat.js': ['text/javascript', new URL('chat.js', import.meta.url)],
  '/embed.js': ['text/javascript', new URL(import.meta.resolve('minato-host/page'))],
};

const host = createServer((request, response) => {
  answer(request, response).catch((error) => json(response, 503, { error: error.message }));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => host.once('listening', resolve));
const origin = `http://127.0.0.1:${host.address().port}`;

// Not awaited: the page is there at once, and whoever asks for the port waits for it.
const minato = start({ data: process.argv[2] ?? 'data', embedOrigins: [origin], restart: true, onLog: (line) => console.error(line) });
minato.catch((error) => console.error(error.message));
console.log(`Host: ${origin}`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await minato.then((server) => server.stop(), () => {});
    process.exit();
  });
}

async function answer(request, response) {
  const what = `${request.method} ${request.url}`;
  if (what === 'GET /api/server-port') json(response, 200, { port: (await minato).port });
  else if (what !== 'POST /api/ticket') await send(response, files[request.url]);
  // Only this app's own page: a page of somebody else would enter as its user.
  else if (request.headers.origin !== origin || `http://${request.headers.host}` !== origin) json(response, 403, { error: 'Ask from the app’s own page.' });
  else json(response, 200, { ticket: await (await minato).ticket(user.id, user.nick) });
}

async function send(response, file) {
  if (file === undefined) return json(response, 404, { error: 'There is nothing here.' });
  response.writeHead(200, {
    'content-type': file[0],
    // The port is not known yet when the page is sent; nobody else may frame what enters as our user.
    'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; frame-src http://127.0.0.1:*; frame-ancestors 'none'",
  }).end(await readFile(file[1]));
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
