import { withoutHidden } from './deception/hidden';

/** A file of this server, as a message names it. */
export interface FileLink {
  readonly id: string;
  readonly name: string;
  /** Where its bytes are, without the fragment. */
  readonly path: string;
  /** Of an image, in CSS pixels: what is reserved before it is there. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Bytes, where the message says so. */
  readonly size?: number | undefined;
}

const prefix = '/api/v1/files/';

// path = "/api/v1/files/" UUID "/" 1*pchar [ "#" ( width "x" height / "bytes=" size ) ]     https://www.rfc-editor.org/rfc/rfc3986#section-3.3
// By the letter: a browser reads what is no pchar as something else (`\` as `/`), and asks another path than the one that is written.
const link = /^\/api\/v1\/files\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/((?:[\w.~!$&'()*+,;=:@-]|%[\dA-Fa-f]{2})+)(?:#(?:(\d{1,5})x(\d{1,5})|bytes=(\d{1,12})))?$/u;

/** Null: it leads anywhere else. Only what this server gives is fetched by itself, and only by its own path. */
export function readFileLink(href: string): FileLink | null {
  const found = link.exec(href);
  if (found === null) return null;
  const [, id = '', raw = '', width = '', height = '', bytes = ''] = found;
  const name = decode(raw);
  // A browser walks up by dots, also where they are percent-encoded, and a proxy by what becomes a slash. The server gives no such name.
  if (name === null || /^\.{1,2}$|[\\/\p{Cc}]/u.test(name)) return null;
  const box = { width: Number(width), height: Number(height) };
  // What is saved is called what was shown.
  return { id, name: withoutHidden(name) || id, path: `${prefix}${id}/${raw}`, ...(box.width > 0 && box.height > 0 ? box : {}), ...(bytes === '' ? {} : { size: Number(bytes) }) };
}

/** False where a text names no file, at a glance. */
export function mayNameFiles(text: string): boolean {
  return text.includes(prefix);
}

/** The same as markdown that any client can read: an image where its size in pixels is known. */
export function fileMarkdown({ path, name, width, height, size }: Omit<FileLink, 'id'>): string {
  // A label ends at its bracket, and markdown reads more into it than a name means.
  const label = name.replace(/[\\[\]`*_<>]/gu, '\\$&');
  if (width !== undefined) return `![${label}](${path}#${width}x${height})`;
  return `[${label}](${path}${size === undefined ? '' : `#bytes=${size}`})`;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The text of a message, then its files, a line each. */
export function withFiles(body: string, files: readonly string[]): string {
  return [body, ...files].filter((line) => line !== '').join('\n');
}
