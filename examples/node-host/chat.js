import { embed } from '/embed.js';

/** Asks this app, and shows why there is no answer. */
async function ask(path, options) {
  const answer = await (await fetch(path, options)).json();
  if (answer.error === undefined) return answer;
  document.querySelector('[role=status]').textContent = answer.error;
  throw new Error(answer.error);
}

// Waits until the server serves.
const { port } = await ask('/api/server-port');
embed(document.querySelector('iframe'), {
  url: `http://127.0.0.1:${port}`,
  ticket: async () => (await ask('/api/ticket', { method: 'POST' })).ticket,
});
