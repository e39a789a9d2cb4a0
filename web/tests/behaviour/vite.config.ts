import { defineConfig } from 'vite';

/** The page's own modules and a driver around them, as one file for Node. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  build: {
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    lib: { entry: 'driver.ts', formats: ['es'], fileName: 'driver' },
    rollupOptions: { external: /^node:/ },
  },
});
