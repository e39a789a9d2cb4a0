import { existsSync } from 'node:fs';
import { chromium, type BrowserServer } from 'playwright-core';


const args = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // Names that lead to this machine, as one of a local network does, or one whose owner re-points it.
  '--host-resolver-rules=MAP *.test 127.0.0.1',
];

/** The system's Chromium. Where it is missing the suite fails: a suite that skips itself proves nothing. */
export const launchChromium = () => launch(process.env['MINATO_CHROMIUM'] ?? '/usr/bin/chromium', 'chromium');

/** The same engine without a browser's windows around it: a context costs a tenth. It shows no notifications. */
export const launchShell = () => launch(process.env['MINATO_CHROMIUM_SHELL'] ?? '/usr/bin/chromium-headless-shell', 'chromium-headless-shell');

async function launch(executablePath: string, debianPackage: string): Promise<BrowserServer> {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: ./test installs it, or apt-get install ${debianPackage}.`);
  return await chromium.launchServer({ executablePath, args });
}
