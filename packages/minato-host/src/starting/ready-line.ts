import { MinatoError } from '../error.js';

/** What a server that is ready says of itself on its first line; the token only in its ready file. */
export interface Ready {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly token?: string;
}

/**
 * `{"v":1,"ready":true,"url":…,"port":…,"pid":…}`, or `{"v":1,"ready":false,"error":{"code":…,"message":…}}` as an error; null where it is
 * neither.
 */
export function readReadyLine(line: string): Ready | MinatoError | null {
  const said = parse(line);
  if (said?.['v'] !== 1) return null;
  if (said['ready'] === true) return readReady(said);
  return said['ready'] === false ? readFailure(said['error']) : null;
}

function readReady(said: Record<string, unknown>): Ready | null {
  const { url, port, pid, token } = said;
  if (typeof url !== 'string' || !URL.canParse(url) || !isWhole(port) || !isWhole(pid)) return null;
  return { url, port, pid, ...(typeof token === 'string' && { token }) };
}

function readFailure(error: unknown): MinatoError | null {
  if (!isObject(error) || typeof error['code'] !== 'string' || typeof error['message'] !== 'string') return null;
  const { port, pid, url } = error;
  return new MinatoError(error['code'], error['message'], {
    ...(isWhole(port) && { port }),
    ...(isWhole(pid) && { pid }),
    ...(typeof url === 'string' && { url }),
  });
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
