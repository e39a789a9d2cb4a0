// Tells the service worker what this build is made of: the page, and all that carries its content's hash in its name.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../dist/', import.meta.url));
const worker = join(root, 'service-worker.js');
const assets = readdirSync(join(root, 'assets')).sort().map((name) => `/assets/${name}`);
const version = createHash('sha256').update(readFileSync(join(root, 'index.html'))).update(assets.join('\n')).digest('hex').slice(0, 16);

const code = readFileSync(worker, 'utf8');
if (!code.includes('__SHELL__')) throw new Error('dist/service-worker.js has no place for the list of the build’s files (__SHELL__).');
writeFileSync(worker, code.replace('__SHELL__', () => JSON.stringify({ version, files: ['/', ...assets] })));
