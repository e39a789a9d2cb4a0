import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';
import { emojiData } from './scripts/emoji-data.ts';
import { firstLoad } from './scripts/first-load.ts';

export default defineConfig({
  plugins: [solid(), emojiData()],
  build: {
    target: 'es2022',
    // The server's content policy forbids inline code; nothing may be folded into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/worker/service-worker.ts' },
      // A worker is known by its address, which must stay, and serves what lies below it.
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ name: firstLoad(fileURLToPath(new URL('src/main.tsx', import.meta.url))) }] },
      },
    },
  },
  // The server lets in its own origin only, which a page of the development server is not.
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:8080', ws: true, changeOrigin: true, headers: { origin: 'http://127.0.0.1:8080' } } } },
  test: { environment: 'node', include: ['tests/**/*.test.ts'], css: true },
});
