/** Asks this app, and shows why there is no answer. */
async function ask(path, options) {
  const answer = await (await fetch(path, options)).json();
  if (answer.error === undefined) return answer;
  document.querySelector('[role=status]').textContent = answer.error;
  throw new Error(answer.error);
}

// Waits until the server serves.
const { port } = await ask('/api/server-port');
const chat = `http://127.0.0.1:${port}`;
const frame = document.querySelector('iframe');

// The chat's page asks for a ticket: at first, after a reload, and when its server was started again. Only it is answered.
addEventListener('message', async ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== chat || data?.minato !== 1 || data.want !== 'ticket') return;
  const { ticket } = await ask('/api/ticket', { method: 'POST' });
  frame.contentWindow.postMessage({ minato: 1, ticket }, chat);
});
frame.src = chat;
