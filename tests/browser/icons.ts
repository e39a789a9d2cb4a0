import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from './kit/test';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const drawing = `data:image/svg+xml;base64,${readFileSync(`${web}src/favicon.svg`).toString('base64')}`;
const water = '#12647f';

/** What a launcher cuts to its own form: within 80 % of the width everything stays in sight (https://www.w3.org/TR/appmanifest/#icon-masks). */
const safe = 0.8;

/** The icons of the installed page, out of its favicon. Their corners are the launcher's business where it cuts them itself. */
const icons = [
  { name: '192.png', size: 192, scale: 1, ground: 'transparent' },
  { name: '512.png', size: 512, scale: 1, ground: 'transparent' },
  { name: '180.png', size: 180, scale: 1, ground: water },
  { name: 'maskable-512.png', size: 512, scale: safe, ground: water },
];

test.for(icons)('$name', async ({ name, size, scale, ground }, { harbour }) => {
  const page = await (await harbour.device({ viewport: { width: size, height: size } })).newPage();
  await page.setContent(`<!doctype html><style>body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${ground}; }
    img { width: ${size * scale}px; }</style><img src="${drawing}">`);
  await page.locator('img').evaluate((image) => (image as HTMLImageElement).decode());
  mkdirSync(`${web}public/icons`, { recursive: true });
  await page.screenshot({ path: `${web}public/icons/${name}`, omitBackground: true });
});
