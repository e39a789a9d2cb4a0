// Compresses the built page once, at the highest level, so that the server only hands out bytes. Says how large the first load is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../dist/', import.meta.url));
const isText = /\.(html|js|css|svg|json|webmanifest|txt)$/;

let gzipped = 0;
for (const name of readdirSync(root, { recursive: true })) {
  if (!isText.test(name)) continue;
  const bytes = readFileSync(join(root, name));
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(join(root, `${name}.gz`), gzip);
  writeFileSync(join(root, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  gzipped += gzip.length;
}
console.log(`The whole page: ${(gzipped / 1024).toFixed(1)} KB gzipped (limit 100).`);
if (gzipped > 100 * 1024) {
  console.error('The page is over 100 KB gzipped.');
  process.exit(1);
}
