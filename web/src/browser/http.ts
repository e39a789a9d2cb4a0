import type { AskHttp } from '../account/http';

/** `fetch` to the page's own origin, with its cookie. */
export const askHttp: AskHttp = async (method, path, body) => {
  try {
    // Not `mode: 'same-origin'`: with it, and this page's referrer policy, browsers say `Origin: null`, which the server refuses.
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return null;
  }
};
