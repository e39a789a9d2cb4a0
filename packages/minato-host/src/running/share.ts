import { execFile } from 'node:child_process';
import type { MinatoError } from '../error.js';
import { readHostFile, type HostFile } from './host-file.js';
import { asObject, ask } from './request.js';
import { SharedServer } from './shared.js';
import { issueTicket } from './ticket.js';

/** Why the server that has the data is not shared, for the error's sentence. */
type Unshared = string;

/**
 * The server that has the data, where another instance of this app started it. Nothing is believed because a file says it: the file is
 * private to this user, it names whom Minato named, that process is proven to have the port, and only then is the token sent there.
 */
export async function share(data: string, executable: string, origins: readonly string[], inUse: MinatoError): Promise<SharedServer | Unshared> {
  const file = await readHostFile(data);
  if (file === null) return 'it was not started by this app';
  if (file.pid !== inUse.pid || file.url !== inUse.url) return 'it is still starting, or was not started by this app';
  try {
    if (!(await holdsItsPort(file, executable))) return `process ${file.pid} does not have port ${file.port} any more`;
    if ((await ask('GET', new URL('/healthz', file.url).href)).body.trim() !== 'ok') return 'it does not answer';
    const missing = await missingOrigin(file, origins);
    if (missing !== undefined) return `it was started without the origin ${missing}`;
    await issueTicket(file);
  } catch (error) {
    return (error as Error).message;
  }
  return new SharedServer(file);
}

/**
 * `minato port who N --json` tells whose a listener is, on Linux; where it cannot, the ticket has to do. The user counts, too: a pid may
 * be another's by now. Its start does not: the system tells that by a clock that may have been set meanwhile.
 */
async function holdsItsPort(file: HostFile, executable: string): Promise<boolean> {
  const holders = JSON.parse(await run(executable, ['port', 'who', String(file.port), '--json'])) as { pid: number | null; uid: number | null }[];
  if (process.platform !== 'linux') return true;
  return holders.length > 0 && holders.every(({ pid, uid }) => pid === file.pid && uid === process.getuid!());
}

/** What it says, however it ends: it ends with 1 where nobody listens. */
function run(executable: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(executable, args, { timeout: 5000, windowsHide: true }, (error, output) => error === null || output !== '' ? resolve(output) : reject(error));
  });
}

/** A page of an origin that the other instance did not name would stay empty. */
async function missingOrigin(file: HostFile, origins: readonly string[]): Promise<string | undefined> {
  if (origins.length === 0) return undefined;
  const allowed = asObject((await ask('GET', new URL('/embed', file.url).href)).body)['origins'];
  return origins.find((origin) => !Array.isArray(allowed) || !allowed.includes(asMinatoSaysIt(origin)));
}

/** In small letters, without the scheme's own port. */
function asMinatoSaysIt(origin: string): string {
  return origin.startsWith('http') ? new URL(origin).origin : origin.toLowerCase();
}
