import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [solid()],
  build: {
    target: 'es2022',
    // The server's content policy forbids inline code; nothing may be folded into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The server lets in its own origin only, which a page of the development server is not.
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:8080', ws: true, changeOrigin: true, headers: { origin: 'http://127.0.0.1:8080' } } } },
  test: { environment: 'node', include: ['tests/**/*.test.ts'] },
});
