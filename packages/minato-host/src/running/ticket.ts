import { MinatoError } from '../error.js';
import { asObject, ask } from './request.js';
import type { Serving } from './serving.js';

/** `POST /api/v1/tickets`: 43 characters that let one page in, once, within 30 s. */
export async function issueTicket(server: Pick<Serving, 'url' | 'token'>, person?: string, nick?: string): Promise<string> {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const { status, body } = await ask('POST', new URL('/api/v1/tickets', server.url).href, headers, JSON.stringify({ person, nick }));
  const { ticket, code, detail, title } = asObject(body);
  if (status === 201 && typeof ticket === 'string') return ticket;
  throw new MinatoError(typeof code === 'string' ? code : 'error',
    `Minato gave no ticket (${status}): ${typeof detail === 'string' ? detail : typeof title === 'string' ? title : 'it did not say why'}`);
}
