import { defineConfig } from 'vitest/config';

// What does not hang on the name by which a page reaches the server, or is about one name, is run once.
const once = ['apps', 'embedding', 'forgery', 'history', 'https', 'in-the-clear', 'keyboard', 'languages', 'looks', 'lost-answer', 'model-fold', 'openapi', 'passkeys', 'responses', 'screen-reader', 'unread'];

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: process.env['MINATO_TEST_NAME'] === undefined ? [] : once.map((name) => `tests/${name}.test.ts`),
    globalSetup: ['kit/launch-chromium.ts'],
    // One browser and one test at a time: two cores are enough for what is measured, and a failure is read more easily.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000, interval: 50 } },
  },
});
