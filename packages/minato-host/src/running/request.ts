import { request } from 'node:http';
import { MinatoError } from '../error.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The server is on this machine: what takes longer, in milliseconds, does not come. */
const patience = 5000;
/** What Minato answers a host is far below, in bytes. */
const longest = 64 * 1024;

/**
 * One request on a connection of its own: nothing of it is left afterwards that would keep the app alive, or be stale after a restart.
 * @throws MinatoError `unreachable`
 */
export function ask(method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(new MinatoError('unreachable', `${url} did not answer: ${cause.message}.`, { cause }));
    const timeout = AbortSignal.timeout(patience);
    const asked = request(url, { method, headers, agent: false, signal: timeout }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (text.length > longest) response.destroy(new Error('it said too much'));
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.once('error', fail);
    });
    asked.once('error', fail);
    asked.end(body);
  });
}

export function asObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}
