import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import test, { type TestContext } from 'node:test';
import { embed } from '../src/page/embed.js';

/** A page with one iframe, as far as `embed` looks. */
function pageWithFrame(t: TestContext) {
  const page = new EventTarget();
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });
  t.after(() => { for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(globalThis, name); });
  const answers: unknown[] = [];
  const contentWindow = { postMessage: (data: unknown, origin: string) => answers.push([data, origin]) };
  const frame = { src: '', contentWindow } as unknown as HTMLIFrameElement;
  const hear = async (message: Partial<MessageEvent>) => {
    page.dispatchEvent(Object.assign(new Event('message'), { source: contentWindow, origin, data: wish, ...message }));
    await turn();
  };
  return { frame, answers, hear };
}

const origin = 'http://127.0.0.1:49152';
const wish = { minato: 1, want: 'ticket' };
const answered = [{ minato: 1, ticket: 'T' }, origin];

test('the frame’s page gets a ticket each time it asks, and nobody else does', async (t) => {
  const { frame, answers, hear } = pageWithFrame(t);
  embed(frame, { url: `${origin}/`, ticket: () => Promise.resolve('T') });
  assert.equal(frame.src, `${origin}/`);
  await hear({});
  await hear({});
  assert.deepEqual(answers, [answered, answered]);
  const others: Partial<MessageEvent>[] = [
    { source: null }, { source: {} as Window }, { origin: 'http://127.0.0.1:49153' }, { origin: 'http://localhost:49152' }, { origin: 'null' },
    { data: null }, { data: 'ticket' }, { data: { want: 'ticket' } }, { data: { minato: 2, want: 'ticket' } }, { data: { minato: 1, want: 'token' } },
  ];
  for (const other of others) await hear(other);
  assert.equal(answers.length, 2);
});

test('who asks twice before the answer is answered once', async (t) => {
  const { frame, answers, hear } = pageWithFrame(t);
  let give!: (ticket: string) => void;
  let asked = 0;
  embed(frame, { url: origin, ticket: () => (asked++, new Promise((resolve) => (give = resolve))) });
  await hear({});
  await hear({});
  give('T');
  await turn();
  assert.deepEqual([asked, answers], [1, [answered]]);
});

test('a ticket that does not come is told to the app, and asked for again', async (t) => {
  const { frame, answers, hear } = pageWithFrame(t);
  const errors: unknown[] = [];
  let ticket = () => Promise.reject<string>(new Error('no server'));
  embed(frame, { url: origin, ticket: () => ticket(), onError: (error) => errors.push(error) });
  await hear({});
  assert.equal(errors.length, 1);
  ticket = () => Promise.resolve('T');
  await hear({});
  assert.deepEqual(answers, [answered]);
});

test('nobody is answered any more once it was let go', async (t) => {
  const { frame, answers, hear } = pageWithFrame(t);
  const stop = embed(frame, { url: origin, ticket: () => Promise.resolve('T') });
  stop();
  await hear({});
  assert.deepEqual(answers, []);
});
