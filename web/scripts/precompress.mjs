// Compresses the built page once, at the highest level, so that the server only hands out bytes. Says how large the first load is:
// the page and what it names itself, which is each script that the first one imports statically (vite writes them as modulepreload).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../dist/', import.meta.url));
const isText = /\.(html|js|css|svg|json|webmanifest|txt)$/;

const page = readFileSync(join(root, 'index.html'), 'utf8');
const isFirst = (name) => name === 'index.html' || page.includes(`/${name.replaceAll('\\', '/')}"`);

let first = 0;
let later = 0;
for (const name of readdirSync(root, { recursive: true })) {
  if (!isText.test(name)) continue;
  const bytes = readFileSync(join(root, name));
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(join(root, `${name}.gz`), gzip);
  writeFileSync(join(root, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  if (isFirst(name)) first += gzip.length;
  else later += gzip.length;
}
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
console.log(`The first load: ${kilobytes(first)} KB gzipped (limit 100). What is loaded when it is needed: ${kilobytes(later)} KB.`);
if (first > 100 * 1024) {
  console.error('The first load is over 100 KB gzipped.');
  process.exit(1);
}
