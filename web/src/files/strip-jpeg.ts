// JPEG = SOI *segment EOI; segment = 0xFF marker [ length(2) payload ] [ entropy-coded data ]
// https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B; Exif: CIPA DC-008, 4.5.4 and 4.6
const soi = 0xd8, eoi = 0xd9, sos = 0xda, app0 = 0xe0, app1 = 0xe1, app2 = 0xe2, app14 = 0xee, comment = 0xfe;
const orientationTag = 0x0112;

/**
 * A JPEG without what its camera wrote beside the picture: where and when, by which device, small copies, comments, and whatever stands behind
 * its end. How it is to be turned stays, and its colours (ICC). Null: it is not a JPEG as far as this can read it.
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes[0] !== 0xff || bytes[1] !== soi) return null;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  for (let at = 2; at + 1 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (marker === eoi) return join([kept[0]!, ...(orientation === 1 ? [] : [exifOf(orientation)]), ...kept.slice(1), bytes.subarray(at, at + 2)]);
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const payload = bytes.subarray(at + 4, end);
    if (marker === app1 && startsWith(payload, 'Exif\0\0')) orientation = orientationOf(payload.subarray(6)) ?? orientation;
    if (marker === sos) end = endOfScan(bytes, end);
    if (isKept(marker, payload)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

function isKept(marker: number, payload: Uint8Array): boolean {
  if (marker === app2) return startsWith(payload, 'ICC_PROFILE\0');
  if (marker === app0) return startsWith(payload, 'JFIF\0');
  return marker === app14 || (marker !== comment && (marker < app0 || marker > 0xef));
}

/** Where the data of a scan ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Of the first directory of a TIFF; null where it says nothing, or nothing that makes sense. */
function orientationOf(tiff: Uint8Array): number | null {
  if (tiff.length < 8) return null;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return null;
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2; at < directory + 2 + entries * 12 && at + 12 <= tiff.length; at += 12)
    if (view.getUint16(at, little) === orientationTag) {
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value : null;
    }
  return null;
}

/** The least Exif there is: one directory, one entry. */
function exifOf(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const payload = [...'Exif\0\0'].map((letter) => letter.charCodeAt(0)).concat(tiff);
  return Uint8Array.from([0xff, app1, 0, payload.length + 2, ...payload]);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
