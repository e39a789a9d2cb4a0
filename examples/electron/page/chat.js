import { embed } from './embed.js';

const { minato } = window;
const frame = document.querySelector('iframe');
let stop = () => {};

function show(url) {
  stop();
  stop = embed(frame, { url, ticket: () => minato.ticket() });
}

// After a restart the URL is nearly always the same, and then the chat comes back by itself.
minato.onUrl((url) => frame.src !== `${url}/` && show(url));
minato.url().then(show, (error) => {
  document.querySelector('[role=status]').textContent = error.message;
});
