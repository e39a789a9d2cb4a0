const { invoke } = window.__TAURI__.core;

/** Asks the app, and shows why there is no answer. */
async function ask(command) {
  try {
    return await invoke(command);
  } catch (error) {
    document.querySelector('[role=status]').textContent = error;
    throw error;
  }
}

// Waits until the server serves.
const chat = `http://127.0.0.1:${await ask('get_server_port')}`;
const frame = document.querySelector('iframe');

// The chat's page asks for a ticket: at first, and after a reload. Only it is answered.
addEventListener('message', async ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== chat || data?.minato !== 1 || data.want !== 'ticket') return;
  frame.contentWindow.postMessage({ minato: 1, ticket: await ask('get_ticket') }, chat);
});
frame.src = chat;
