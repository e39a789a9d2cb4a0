import type { FileTransport, Sending, Stored } from '../files/transport';
import type { SessionKeeper } from '../connection/connection';

const api = '/api/v1';

/** By XMLHttpRequest, because `fetch` does not say how far a body is. A guest says who they are themselves, an account by its cookie. */
export function browserFiles(session: SessionKeeper): FileTransport<Blob> {
  const headers = (): Record<string, string> => {
    const own = session.load();
    return own === null ? {} : { authorization: `Bearer ${own}` };
  };
  return {
    send(room, name, bytes, cid, progress): Sending {
      const request = new XMLHttpRequest();
      const done = new Promise<Stored | string>((resolve) => {
        request.upload.onprogress = (event) => event.lengthComputable && event.total > 0 && progress(event.loaded / event.total);
        request.onload = () => resolve(read(request.status, request.response));
        request.onerror = () => resolve('unreachable');
        request.onabort = () => resolve('cancelled');
      });
      request.open('POST', `${api}/rooms/${encodeURIComponent(room)}/files?name=${encodeURIComponent(name)}`);
      request.responseType = 'json';
      for (const [header, value] of Object.entries({ ...headers(), 'idempotency-key': cid, 'content-type': 'application/octet-stream' }))
        request.setRequestHeader(header, value);
      request.send(bytes);
      return { done, cancel: () => request.abort() };
    },
    async fetch(path) {
      try {
        const response = await fetch(path, { headers: headers() });
        return response.ok ? await response.blob() : null;
      } catch {
        return null;
      }
    },
    remove(path) {
      const id = path.split('/')[4] ?? '';
      fetch(`${api}/files/${id}`, { method: 'DELETE', headers: headers() }).catch(() => {});
    },
  };
}

function read(status: number, answer: unknown): Stored | string {
  const fields = (answer ?? {}) as Partial<Stored> & { readonly code?: unknown };
  const { path, name, type, size } = fields;
  if (status === 201 && typeof path === 'string' && typeof name === 'string' && typeof type === 'string' && typeof size === 'number')
    return { path, name, type, size };
  return typeof fields.code === 'string' ? fields.code : 'unreachable';
}
