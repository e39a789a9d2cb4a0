import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readReadyLine } from '../starting/ready-line.js';
import { MinatoError } from '../error.js';

/** What one instance of an app leaves for the next: the server's ready file in the data folder, which only this user can read. */
export interface HostFile {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly token: string;
}

/** More than Minato writes, in bytes. */
const longest = 64 * 1024;

export function hostFilePath(data: string): string {
  return join(data, 'host.json');
}

/** Null where there is none, or none that this user and nobody else could have written. */
export async function readHostFile(data: string): Promise<HostFile | null> {
  let file;
  try {
    file = await open(hostFilePath(data), 'r');
  } catch {
    return null;
  }
  try {
    const { uid, mode, size } = await file.stat();
    const isPrivate = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    if (!isPrivate || size > longest) return null;
    const said = readReadyLine(await file.readFile('utf8'));
    if (said === null || said instanceof MinatoError || said.token === undefined) return null;
    return { ...said, token: said.token };
  } finally {
    await file.close();
  }
}
