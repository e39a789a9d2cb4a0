import { defineConfig } from 'vitest/config';

// What may hang on the name by which a page reaches the server, or on being in no secure context: run a second time, by a name and in the clear.
const byName = ['claiming', 'copying', 'door', 'files', 'first-message'];
// What people do with each other, in another engine: what is not about the tools of one.
const conversation = ['content', 'direct', 'first-message', 'rooms', 'ten-tasks', 'unread'];
const chosen = process.env['MINATO_BROWSER'] === 'firefox' ? conversation : process.env['MINATO_TEST_NAME'] !== undefined ? byName : null;

export default defineConfig({
  test: {
    environment: 'node',
    // What Node has from 22 on, for programs that use a browser's.
    execArgv: ['--experimental-websocket'],
    include: chosen === null ? ['tests/**/*.test.ts'] : chosen.map((name) => `tests/${name}.test.ts`),
    globalSetup: ['kit/launch-chromium.ts'],
    // Two at a time: they wait more than they work. Each loads its tools once for all the files that it runs: what a file leaves behind is its own to take down.
    maxWorkers: 2,
    isolate: false,
    // What is not there after so long is not coming: the slowest machine with the rest of the tests beside these takes a quarter of it.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000, interval: 50 } },
  },
});
